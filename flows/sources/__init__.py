"""What comes from outside: feeds, pages and files of the web, and watched folders. All of it is taken for hostile."""
