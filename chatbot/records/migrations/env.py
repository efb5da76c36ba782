"""What Alembic runs: the steps, on the connection that database.py hands over, inside its transaction."""

from alembic import context

from chatbot.records.tables import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    transactional_ddl=True,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
