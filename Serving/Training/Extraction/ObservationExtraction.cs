using Npgsql;
using Serving.Features;
using Serving.Training.Failures;

namespace Serving.Training.Extraction;

/// <summary>Reads the rows of a prediction's model, in the order of their keys: the order a table gives is not the same twice.</summary>
public static class ObservationExtraction
{
    /// <summary>Rows without a label are left out: nobody knows yet what became of them.</summary>
    public static async Task<IReadOnlyList<Observation>> ReadAsync(FeatureTable table, CancellationToken cancellationToken)
    {
        var rows = new List<(string Entity, Observation Observation)>();
        try
        {
            await foreach (var row in table.ReadAsync(cancellationToken))
            {
                if (row.Label is { } label)
                    rows.Add((row.Entity.ToString(), new Observation(row.Entity.Number, row.Features, label, row.Outcome)));
            }
        }
        catch (PostgresException exception) when (exception.SqlState is PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidSchemaName)
        {
            throw new TrainingException($"There is no {table.Relation} in the warehouse: build the models first.", exception);
        }
        catch (PostgresException exception) when (exception.SqlState is PostgresErrorCodes.InsufficientPrivilege)
        {
            throw new TrainingException(
                $"{table.Relation} may not be read: {exception.MessageText}. Give the model a schema whose tables Leadline's logins read (schema='features').",
                exception);
        }
        catch (PostgresException exception) when (exception.SqlState is PostgresErrorCodes.UndefinedColumn)
        {
            throw new TrainingException(
                $"{table.Relation} does not fit this program: {exception.MessageText}. Build the models of the version that is deployed.", exception);
        }
        catch (InvalidCastException exception)
        {
            throw new TrainingException(
                $"{table.Relation} does not fit this program: {exception.Message.ReplaceLineEndings(" ").TrimEnd('.')}. Build the models of the version that " +
                $"is deployed.", exception);
        }

        rows.Sort((one, other) => one.Observation.Key != other.Observation.Key
            ? one.Observation.Key.CompareTo(other.Observation.Key)
            : string.CompareOrdinal(one.Entity, other.Entity));
        return [.. rows.Select(row => row.Observation)];
    }
}
