using Models.Migrations;
using Npgsql;
using ServiceDefaults;

namespace Ingestion.Worker.History;

/// <summary>Makes the tables of runs and of the schedule, or brings them up to date, before anything reads them.</summary>
internal sealed class RunTables(NpgsqlDataSource dataSource) : IStartCheck
{
    private static readonly OwnTables s_tables = OwnTables.Of(typeof(RunTables).Assembly, "ingestion", "run_migrations");

    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        try
        {
            await s_tables.EnsureAsync(dataSource, cancellationToken);
        }
        catch (PostgresException refused)
        {
            throw new ServiceException(
                $"The tables of schema ingestion cannot be made: {refused.MessageText} ({refused.SqlState}). Let the worker's role create them.", refused);
        }
    }
}
