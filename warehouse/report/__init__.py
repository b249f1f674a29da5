"""What people look at, made from the published warehouse: one page for a browser, and pictures without one."""
