-- The two databases and their accounts (MySQL 8.4, MariaDB 10.11). Change the passwords, and the hosts to where the services run.
-- Run again it changes nothing.
CREATE DATABASE IF NOT EXISTS alerts CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE DATABASE IF NOT EXISTS products CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- The service: Alerts__MySql and Alerts__SharedMySql. Each account owns one database and sees nothing of the other.
CREATE USER IF NOT EXISTS 'alerts'@'%' IDENTIFIED BY 'change-me-alerts';
GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER, DROP, INDEX, REFERENCES ON alerts.* TO 'alerts'@'%';
CREATE USER IF NOT EXISTS 'products'@'%' IDENTIFIED BY 'change-me-products';
GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER, DROP, INDEX, REFERENCES ON products.* TO 'products'@'%';

-- The gateways: both settings name this account there. It changes no table, and of the products nothing at all.
CREATE USER IF NOT EXISTS 'gateway'@'%' IDENTIFIED BY 'change-me-gateway';
GRANT SELECT, INSERT, UPDATE ON alerts.* TO 'gateway'@'%';
GRANT SELECT ON products.* TO 'gateway'@'%';

-- Other services read.
CREATE USER IF NOT EXISTS 'products_reader'@'%' IDENTIFIED BY 'change-me-reader';
GRANT SELECT ON products.* TO 'products_reader'@'%';
