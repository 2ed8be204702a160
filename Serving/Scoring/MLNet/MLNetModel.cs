using Microsoft.ML;
using Microsoft.ML.Data;

namespace Serving.Scoring.MLNet;

/// <summary>A fitted ML.NET pipeline with what belongs to it.</summary>
/// <param name="Contributions">
/// For each encoded place, what a 1 there adds to the log-odds compared with the average example; null where the trainer's
/// contributions do not add up.
/// </param>
internal sealed record MLNetModel(MLContext Context, ITransformer Transformer, FeatureEncoding Encoding, float[]? Contributions)
{
    /// <summary>The schema of rows whose features have the encoding's length.</summary>
    public static SchemaDefinition Rows(FeatureEncoding encoding)
    {
        var rows = SchemaDefinition.Create(typeof(MLNetRow));
        rows[nameof(MLNetRow.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, encoding.Length);
        return rows;
    }
}
