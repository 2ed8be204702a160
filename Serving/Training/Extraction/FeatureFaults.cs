using Npgsql;
using Serving.Features;
using Serving.Training.Failures;

namespace Serving.Training.Extraction;

/// <summary>Explains what keeps the rows of a prediction's model from being read.</summary>
internal static class FeatureFaults
{
    /// <exception cref="TrainingException">The table is not there, may not be read, or does not fit this program.</exception>
    public static async Task<T> ExplainAsync<T>(FeatureTable table, Func<Task<T>> reads)
    {
        try
        {
            return await reads();
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
    }
}
