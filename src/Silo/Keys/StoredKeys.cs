using System.Data.Common;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace Alerts.Silo.Keys;

/// <summary>
/// The keys that protect the pages' forms and the channels' addresses, stored in the alerts database. So any gateway accepts another
/// gateway's form, and any silo can read a channel's address. The framework asks rarely: at the first use after a start, once a day, and
/// for a new key every three months.
/// </summary>
sealed class StoredKeys(DbDataSource source) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var connection = source.OpenConnection();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT xml FROM web_keys";
        using var reader = command.ExecuteReader();
        var keys = new List<XElement>();
        while (reader.Read())
            keys.Add(XElement.Parse(reader.GetString(0)));
        return keys;
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var connection = source.OpenConnection();
        using var command = connection.CreateCommand();
        command.CommandText = "INSERT INTO web_keys (name, xml) VALUES (@name, @xml)";
        Add("@name", friendlyName);
        Add("@xml", element.ToString(SaveOptions.DisableFormatting));
        command.ExecuteNonQuery();

        void Add(string name, string value)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }
    }
}
