using Models.Analysis;
using Models.Diagnostics;
using Models.Parsing;
using Models.Project.Graph;
using Models.Project.Yaml;

namespace Models.Compiler.Predictions;

/// <summary>Finds the predictions that a project's models declare.</summary>
internal static class ProjectPredictions
{
    /// <summary>The checked declarations with their models, by name; mistakes are added to <paramref name="diagnostics"/>.</summary>
    public static IReadOnlyList<(ModelNode Model, DeclaredPrediction Prediction)> Read(
        ParsedProject project, IReadOnlyDictionary<string, AnalysedNode> nodes, DiagnosticBag diagnostics)
    {
        var found = new List<(ModelNode, DeclaredPrediction)>();
        var owners = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var model in project.Graph.InOrder.OfType<ModelNode>().OrderBy(model => model.UniqueId, StringComparer.Ordinal))
        {
            if (MappingValue.Value(model.Meta.GetValueOrDefault("leadline"), "prediction") is null
                || !nodes.TryGetValue(model.UniqueId, out var analysed) || analysed.Columns.Count == 0)
                continue;

            var own = new DiagnosticBag();
            if (Declaration(project, model) is not var (declared, key))
            {
                own.Add(PredictionDiagnostics.NotInProperties(model.Span, model.Name));
            }
            else if (new PredictionReader(model.Name, analysed.Columns, own).Read(declared, key) is { } prediction)
            {
                if (owners.TryAdd(prediction.Name, model.Name))
                    found.Add((model, prediction with { Watch = PredictionWatch.Read(declared["watch"], project, nodes, own) }));
                else
                    own.Add(PredictionDiagnostics.Twice(
                        declared["name"]!.Span, prediction.Name, $"the prediction of model '{owners[prediction.Name]}'", $"that of model '{model.Name}'"));
            }

            foreach (var mistake in own.ToSortedList())
                diagnostics.Add(mistake);
        }

        return found;
    }

    /// <summary>The declaration as written, with its positions, and the model's key.</summary>
    private static (YamlMapping Declared, YamlValue? Key)? Declaration(ParsedProject project, ModelNode model)
    {
        var prefix = $"{project.Name}://";
        if (model.PatchPath?.StartsWith(prefix, StringComparison.Ordinal) != true)
            return null;

        var path = Path.GetFullPath(model.PatchPath[prefix.Length..], project.Options.ProjectDirectory);
        // its mistakes were reported when the project was parsed
        var root = YamlReader.ReadMapping(new SourceText(path, TextFile.ReadAllText(path)), new DiagnosticBag());
        foreach (var described in (root?["models"] as YamlSequence)?.Items.OfType<YamlMapping>() ?? [])
        {
            if (PredictionValues.Text(described["name"]) != model.Name)
                continue;
            foreach (var meta in new[] { described["meta"], (described["config"] as YamlMapping)?["meta"] })
            {
                if (meta is YamlMapping mapping && mapping["leadline"] is YamlMapping ours && ours["prediction"] is YamlMapping declared)
                    return (declared, ours["key"]);
            }
        }

        return null;
    }
}
