"""A ChatKit server that answers questions from a textbook.

`app.create_app` puts the parts together. Each module holds one of them:

- `config`, `origins`, `signing_key`: the settings, who may call, what tokens are signed with
- `sessions`: client secrets; `errors`: every failure as JSON
- `tables`, `database`, `store`: conversations, kept apart by session
- `keys`, `database_keys`, `idempotency`: requests that come twice
- `slugs`, `book`, `retrieval`, `question`: the textbook and how it is searched
- `answer`, `wording`: from passages to an answer; `agent`: the same with a model
- `chat`: the ChatKit server; `preflight`, `live`: before and while an answer streams
"""
