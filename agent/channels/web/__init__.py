"""The page: sign in, chat, see the working, decide approvals."""
