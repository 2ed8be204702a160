using Npgsql;
using Serving.Scoring.Features;

namespace Serving.Features;

/// <summary>Reads which measures of a trained model are beyond their limits, as the model that the prediction declares for it says.</summary>
public sealed class WatchTable(NpgsqlDataSource source, PredictionDeclaration declaration)
{
    /// <summary>The breached measures of a version; none where the prediction declares no watch, or it is not built yet.</summary>
    public async Task<IReadOnlyList<string>> BreachesAsync(int modelVersion, CancellationToken cancellationToken)
    {
        if (declaration.Watch is not { } watch)
            return [];
        await using var command = source.CreateCommand(
            $"select measure from {RelationName.Of(source, declaration.Target, watch)} where model_version = $1 and is_breached order by measure");
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = modelVersion });
        var measures = new List<string>();
        try
        {
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
                measures.Add(reader.GetString(0));
        }
        catch (PostgresException exception) when (exception.SqlState is PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidSchemaName)
        {
            return [];
        }

        return measures;
    }
}
