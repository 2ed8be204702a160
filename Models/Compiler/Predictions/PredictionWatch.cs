using Models.Analysis;
using Models.Diagnostics;
using Models.Parsing;
using Models.Project.Graph;
using Models.Project.Yaml;

namespace Models.Compiler.Predictions;

/// <summary>
/// Reads <c>watch</c> of a prediction: the model whose rows say which measures of a trained model are beyond their limits. It has the columns
/// model_version, measure and is_breached.
/// </summary>
internal static class PredictionWatch
{
    private const string Setting = "watch";

    private static readonly (string Column, string Type)[] s_columns = [("model_version", "integer"), ("measure", "text"), ("is_breached", "boolean")];

    /// <summary>Null where none is declared, or a mistake was reported.</summary>
    public static ModelNode? Read(
        YamlValue? value, ParsedProject project, IReadOnlyDictionary<string, AnalysedNode> nodes, DiagnosticBag diagnostics)
    {
        if (value is null)
            return null;
        var models = project.Graph.InOrder.OfType<ModelNode>().ToList();
        if (PredictionValues.Text(value) is not { } name || models.Find(model => model.Name == name) is not { } watch)
        {
            diagnostics.Add(PredictionDiagnostics.NoModel(value.Span, PredictionValues.Shown(value), models.Select(model => model.Name)));
            return null;
        }

        var columns = nodes.TryGetValue(watch.UniqueId, out var analysed) ? analysed.Columns : [];
        if (columns.Count == 0)
            return watch;
        foreach (var (column, type) in s_columns)
        {
            if (columns.FirstOrDefault(one => one.Name == column) is not { } found)
                diagnostics.Add(PredictionDiagnostics.NoColumn(value.Span, column, Setting, name, columns.Select(one => one.Name)));
            else if (found.Underlying != type)
                diagnostics.Add(PredictionDiagnostics.OtherType(value.Span, column, name, found.Underlying, Setting, type));
        }

        return diagnostics.HasErrors ? null : watch;
    }
}
