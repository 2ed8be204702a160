using Leads;
using Npgsql;
using Serving.Scoring.Features;
using Serving.Training.Failures;

namespace Serving.Training.Extraction;

/// <summary>Reads the examples of lead_features, in the order of their keys: the order a table gives is not the same twice.</summary>
public static class ExampleExtraction
{
    public static async Task<IReadOnlyList<Example>> ReadAsync(NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        var examples = new List<Example>();
        try
        {
            await foreach (var row in LeadFeatures.ReadAsync(source, cancellationToken))
                examples.Add(LeadConversion.Example(row));
        }
        catch (PostgresException exception) when (exception.SqlState is PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidSchemaName)
        {
            throw new TrainingException($"There is no {LeadFeatures.Relation(source)} in the warehouse: build the models first.", exception);
        }

        examples.Sort((one, other) => one.Key.CompareTo(other.Key));
        return examples;
    }
}
