using Microsoft.Data.Sqlite;

namespace Alerts.Silo.Storage;

/// <summary>A connection that holds its data source's gate from open to close. It derives from the driver's type because Orleans checks for that.</summary>
internal sealed class GatedSqliteConnection(SqliteDataSource source) : SqliteConnection(source.ConnectionString)
{
    int holdsGate;

    public override void Open()
    {
        if (holdsGate != 0)
            return;

        source.Enter();
        OpenInside();
    }

    public override async Task OpenAsync(CancellationToken cancellationToken)
    {
        if (holdsGate != 0)
            return;

        await source.EnterAsync(cancellationToken).ConfigureAwait(false);
        OpenInside();
    }

    public override void Close()
    {
        base.Close();
        if (Interlocked.Exchange(ref holdsGate, 0) != 0)
            source.Leave();
    }

    void OpenInside()
    {
        holdsGate = 1;
        try
        {
            base.Open();
            source.Configure(this);
        }
        catch
        {
            Close();
            throw;
        }
    }
}
