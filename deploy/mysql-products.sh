# Sourced by the MySQL image when its volume is empty: the shared products database and its own account, which sees nothing of the
# alerts database; and the gateways' account, which changes no table. The tables are the silos' to make; who else may read them:
# docs/mysql-accounts.sql.
docker_process_sql --database=mysql <<SQL
CREATE DATABASE IF NOT EXISTS products CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE USER IF NOT EXISTS 'products'@'%' IDENTIFIED BY '$(cat /run/secrets/products_password)';
GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER, DROP, INDEX, REFERENCES ON products.* TO 'products'@'%';
CREATE USER IF NOT EXISTS 'gateway'@'%' IDENTIFIED BY '$(cat /run/secrets/gateway_password)';
GRANT SELECT, INSERT, UPDATE ON alerts.* TO 'gateway'@'%';
GRANT SELECT ON products.* TO 'gateway'@'%';
SQL
