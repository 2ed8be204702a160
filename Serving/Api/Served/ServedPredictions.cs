using Microsoft.Extensions.Options;
using Npgsql;
using Serving.Api.Champions;
using Serving.Api.Configuration;
using Serving.Api.Reads;
using Serving.Features;
using Serving.Registry;
using Serving.Scoring.Features;

namespace Serving.Api.Served;

/// <summary>The predictions that this API answers: all that the model projects declare.</summary>
internal sealed class ServedPredictions
{
    private readonly Dictionary<string, ServedPrediction> _byName;

    /// <exception cref="InvalidDataException">A configured assembly of models cannot be used.</exception>
    public ServedPredictions(NpgsqlDataSource source, WarehouseReads reads, IOptions<ServingOptions> options)
    {
        All = [.. DeclaredPredictions.With(options.Value.Models).Select(declaration => Serve(source, reads, declaration))];
        _byName = All.ToDictionary(served => served.Declaration.Name, StringComparer.Ordinal);
        Default = _byName.GetValueOrDefault(DeclaredPredictions.LeadConversion) ?? All[0];
    }

    /// <summary>By name.</summary>
    public IReadOnlyList<ServedPrediction> All { get; }

    /// <summary>What <c>POST /predict</c> answers.</summary>
    public ServedPrediction Default { get; }

    /// <summary>Null where none has this name.</summary>
    public ServedPrediction? Find(string name) => _byName.GetValueOrDefault(name);

    private static ServedPrediction Serve(NpgsqlDataSource source, WarehouseReads reads, PredictionDeclaration declaration)
    {
        var registry = new ModelRegistry(source, declaration.Name);
        return new ServedPrediction(declaration, new FeatureTable(source, declaration), registry, new ChampionHolder(registry, reads, declaration), reads);
    }
}
