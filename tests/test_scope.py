import pytest

from chatbot.language.folding import fold
from chatbot.triage.concepts import concepts
from chatbot.triage.rules import read_rules
from chatbot.triage.scope import find_scope, has_tie

OTHER_MEANINGS = [
    "Qızıl mədənində növbə neçə saatdır?",
    "сколько лет учиться на шахтёра, работать в шахте",
    "is the coal mine museum open",
    "bitkoin cixarmaq ucun kompyuter",
    "майнинг дома выгодно?",
    "Minecraft server not loading",
    "maynkraftda ev tikmək",
    "лучшая стратегия в игре сапёр на компьютере",
    "MINESWEEPER HARD LEVEL TIPS",
    "qelem yox karandasin ucu qirilib",
    "kakuyu mineralku pit",
    "naftalan mineral sulari haqqinda",
    "Когда писать mine, а когда my и mine местоимение?",
    "как нарисовать кислую мину на лице",
    "recipe for a bath bomb",
    "Böyük partlayış nəzəriyyəsini izah et",
    "телефон поймал вирусы",
]
OTHER_SUBJECTS = [
    "Sabah Gəncədə yağış yağacaq?",
    "какая погода на выходных",
    "wether forecast for monday",
    "kekse nece yumurta vurulur resept",
    "kak prigotovit plov dlya gostei",
    "how to bake a honey cake",
    "Dünənki matçın hesabı neçə-neçə oldu, futbol deyirəm",
    "вчерашний футбол счёт",
    "who scored for barcelona",
    "hansı serial maraqlıdır",
    "слова песни сары гялин",
    "best songs of the eighties",
    "Ona aşiqəm, bilmir",
    "влюбился в соседку",
    "my girlfriend ignores me",
    "tenliyi hell et",
    "решить уравнение с двумя неизвестными",
    "what is the capital of japan",
    "bu cümləni ingiliscəyə çevir",
    "переведи слово хлеб",
    "translate my letter into french",
    "BİR LƏTİFƏ DANIŞ",
    "rasskazhi anekdot",
    "tell me a joke about cats",
    "ayfonun qiymeti",
    "какой ноутбук взять студенту",
    "my wifi is slow",
    "kreditin faizi",
    "курс валюты на сегодня",
    "mortgage for a young family",
    "pasport müddəti bitib",
    "сделать загранпаспорт ребёнку",
    "visa for canada",
    "disim agriyir",
    "таблетки от кашля",
    "headache after coffee",
    "üzümə hansı gübrə",
    "удобрение для огурцов",
    "fertilizer for roses",
    "iftar saat neçədə",
    "во сколько сегодня намаз",
    "how long is ramadan",
    "qatar bileti",
    "билет на самолёт",
    "cheap flights to antalya",
    "oglum ne vaxt esgerliye gedir",
    "отсрочка от призыва",
    "conscription age",
    "necəsən ay bot",
    "как дела",
]
NOT_HELD = [
    "İraqda neçə mina basdırılıb?",
    "сколько людей подорвалось на минах в Афганистане",
    "landmines in angola how many left",
    "ukrainada mina temizleyenler",
    "в какой стране мира больше всего мин",
    "Bu faciələrdə kim günahkardır, minaları kim basdırıb?",
    "кто виноват что мины везде",
    "who is to blame for the minefields",
    "Müharibədə kim qalib gəldi?",
    "kto vyigral voinu",
    "who won the war then",
    "yeni müharibə olacaqmı",
    "будет ли опять война",
    "prezident danışıqlarda nə dedi",
    "что думаешь про правительство",
    "Ağdam nə vaxt minalardan tam təmizlənəcək?",
    "через сколько лет разминируют весь Карабах",
    "when will all the mines be gone",
    "gelen il nece adam minaya dusecek",
    "mina eliline nece manat pensiya verilir",
    "размер пенсии инвалиду от мины",
    "how much compensation for a lost leg",
    "Tank əleyhinə minanın çəkisi nə qədərdir?",
    "сколько килограммов весит мина",
    "who makes these mines and which factory",
    "metalaxtaran cihazin qiymeti",
    "почём миноискатель",
    "price of a demining robot",
    "minadan ölənlərin adlarını say",
    "назови имена погибших на мине",
    "kəndimizin mina xəritəsini göndər",
    "пришли карту мин",
    "send me the minefield map",
    "ANAMA-da vakansiya var?",
    "зарплата в анаме",
    "deminer salary per month",
    "anamanın ünvanı",
    "где офис анамы",
    "who is the director of anama",
    "minatəmizləmənin büdcəsi",
    "сколько денег тратят на разминирование",
    "who funds demining",
    "protez neçəyədir",
    "сколько стоит протез",
    "prosthetic leg price",
    "bize ne vaxt ev verecekler",
    "когда нам дадут квартиру в Шуше",
    "when do we get the keys to our house",
]
INSIDE = [
    "Bağda mərmi tapdım, nə edim?",
    "nashel granatu v sarae",
    "my son stepped on a mine",
    "usaq elinde bomba tutub",
    "рядом рвануло, страшно",
    "we are stuck in a minefield help",
    "MİNANI NECƏ ZƏRƏRSİZLƏŞDİRİM",
    "хочу продать снаряд",
    "how to open a grenade",
    "2024-cü ildə minadan neçə nəfər ölüb?",
    "сколько гектаров уже очищено",
    "how many people were hurt since 1991",
    "hansi rayonlarda temizleme gedir",
    "когда создана анама и сколько в ней людей",
    "has azerbaijan joined the ottawa treaty",
    "mərmi saxlamağın cəzası nədir",
    "По закону какая помощь положена раненым миной?",
    "is there help for survivors by law",
    "çayda çimmək təhlükəsizdir?",
    "можно ли пасти коров за селом",
    "is it safe to pick mushrooms in that forest",
    "kartof əkməzdən əvvəl kimə deyim",
    "можно ли жечь сухую траву",
    "112 pulludur?",
    "сколько стоит звонок в 112",
    "does it cost to call 112",
    "Şagirdlərə minanın içini izah edim?",
    "объяснять ли детям, как работает мина",
    "qarabaga getmek ucun icaze nece alinir",
    "ты робот или человек",
    "in which languages can I write",
    "uşağım fişəng səsindən qorxur",
    "bəs gecə?",
    "а для детей",
    "and why?",
]


@pytest.mark.parametrize("question", OTHER_MEANINGS + OTHER_SUBJECTS)
def test_tells_other_subjects(question: str) -> None:
    rule = find_scope(concepts(fold(question)))
    assert rule is not None
    assert rule.name.startswith("off_topic:")


@pytest.mark.parametrize("question", NOT_HELD)
def test_tells_what_the_files_do_not_hold(question: str) -> None:
    rule = find_scope(concepts(fold(question)))
    assert rule is not None
    assert rule.name.startswith("not_in_files:")


@pytest.mark.parametrize("question", INSIDE)
def test_leaves_danger_harm_and_answerable_questions(question: str) -> None:
    assert find_scope(concepts(fold(question))) is None


@pytest.mark.parametrize("question", INSIDE[:30])
def test_sees_the_tie_to_life_beside_mines(question: str) -> None:
    assert has_tie(concepts(fold(question)))


@pytest.mark.parametrize("question", ["kekse nece yumurta", "столица Франции", "tell me a joke", "asdfgh", ""])
def test_sees_no_tie_in_other_subjects(question: str) -> None:
    assert not has_tie(concepts(fold(question)))


def test_every_rule_gives_a_reason_and_no_sections() -> None:
    rules = read_rules("scope.json")
    assert all(rule.name.split(":")[0] in {"off_topic", "not_in_files"} and not rule.sections for rule in rules)
    assert len({rule.name for rule in rules}) == len(rules)
