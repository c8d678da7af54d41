using System.Data.Common;
using System.Globalization;
using System.Text;

namespace Alerts.Sql;

/// <summary>Builds one statement. Every value becomes a parameter, or part of the text as <paramref name="inlined"/> writes it.</summary>
public sealed class SqlBuilder(DbConnection connection, DbTransaction? transaction = null, SqlDialect? inlined = null)
{
    readonly StringBuilder text = new();
    readonly DbCommand command = connection.CreateCommand();

    /// <summary>Appends constant SQL.</summary>
    public SqlBuilder Sql(string sql)
    {
        text.Append(sql);
        return this;
    }

    public SqlBuilder Value(object? value)
    {
        if (inlined is not null)
        {
            inlined.AppendLiteral(text, value);
            return this;
        }

        var parameter = command.CreateParameter();
        parameter.ParameterName = string.Create(CultureInfo.InvariantCulture, $"@p{command.Parameters.Count}");
        parameter.Value = value ?? DBNull.Value;
        command.Parameters.Add(parameter);
        text.Append(parameter.ParameterName);
        return this;
    }

    /// <summary>Appends values in parentheses, separated by commas: a row, or the list of an IN.</summary>
    public SqlBuilder Values(params IEnumerable<object?> values)
    {
        var separator = '(';
        foreach (var value in values)
        {
            text.Append(separator);
            Value(value);
            separator = ',';
        }

        text.Append(')');
        return this;
    }

    /// <summary>Appends rows, separated by commas.</summary>
    public SqlBuilder Rows<T>(IEnumerable<T> rows, Action<SqlBuilder, T> append)
    {
        var first = true;
        foreach (var row in rows)
        {
            if (!first)
                text.Append(',');
            append(this, row);
            first = false;
        }

        return this;
    }

    /// <returns>The number of affected rows by the driver's count.</returns>
    public async Task<int> ExecuteAsync(CancellationToken cancellationToken)
    {
        await using (Complete())
            return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Runs the query and reads its rows. A fault while reading closes the connection.</summary>
    public async Task<List<T>> ReadAsync<T>(Func<DbDataReader, T> read, CancellationToken cancellationToken)
    {
        await using (Complete())
        {
            var reader = await command.ExecuteReaderAsync(cancellationToken);
            try
            {
                var rows = new List<T>();
                // MySQL's driver does not stop waiting for a row when it is cancelled.
                while (await reader.ReadAsync(cancellationToken).WaitAsync(cancellationToken))
                    rows.Add(read(reader));
                await reader.DisposeAsync();
                return rows;
            }
            catch
            {
                // The connection, not the reader: MySQL's driver would wait for the remaining rows, and after a fault the server sends
                // none.
                await connection.CloseAsync();
                throw;
            }
        }
    }

    DbCommand Complete()
    {
        command.CommandText = text.ToString();
        command.Transaction = transaction;
        return command;
    }
}
