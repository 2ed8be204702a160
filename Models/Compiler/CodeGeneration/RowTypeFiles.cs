using Models.Analysis;
using Models.Compiler.Predictions;
using Models.Parsing;
using Models.Project.Graph;
using Models.Project.Store;

namespace Models.Compiler.CodeGeneration;

/// <summary>Generates a record for every model, seed and snapshot whose columns are known.</summary>
internal static class RowTypeFiles
{
    /// <summary>Writes the changed files and returns all files that belong to the project.</summary>
    /// <param name="project">The project.</param>
    /// <param name="nodes">The analysis results.</param>
    /// <param name="folder">The folder for the files; it must contain nothing else.</param>
    /// <param name="keepOnly">Whether to delete files of removed models.</param>
    public static IReadOnlyList<string> Write(
        ParsedProject project,
        IReadOnlyDictionary<string, AnalysedNode> nodes,
        IReadOnlyList<(ModelNode Model, DeclaredPrediction Prediction)> predictions,
        string folder,
        bool keepOnly)
    {
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        var neverNull = NeverNull(project);
        var relations = project.Graph.InOrder
            .Where(n => n is SeedNode or SnapshotNode or ModelNode { IsEphemeral: false })
            .Cast<RelationNode>()
            .Where(n => nodes.TryGetValue(n.UniqueId, out var analysed) && analysed.Columns.Count > 0);
        foreach (var package in relations.GroupBy(n => n.PackageName, StringComparer.Ordinal))
        {
            var rowNamespace = CSharpNames.Pascal(package.Key);
            files[Path.Combine(folder, rowNamespace, "ModelSchema.cs")] = ModelSchemaWriter.Write(rowNamespace, project.Target.Schema);
            var members = package.OrderBy(n => n.UniqueId, StringComparer.Ordinal).ToList();
            var names = CSharpNames.Unique(members.Select(n => n.Name), ["ModelSchema"]);
            for (var i = 0; i < members.Count; i++)
            {
                var type = Describe(members[i], nodes[members[i].UniqueId], rowNamespace, names[i], project.Target.Schema, neverNull);
                files[Path.Combine(folder, rowNamespace, $"{names[i]}.cs")] = RowTypeWriter.Write(type);
            }
        }

        if (predictions.Count > 0)
            files[Path.Combine(folder, "DeclaredPredictions.cs")] = PredictionFile.Write(project, predictions);

        Parallel.ForEach(files, file => OutputFile.WriteIfDifferent(file.Key, file.Value));

        if (keepOnly && Directory.Exists(folder))
        {
            foreach (var stale in Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories).Where(f => !files.ContainsKey(f)).ToList())
                File.Delete(stale);
        }

        return [.. files.Keys.Order(StringComparer.Ordinal)];
    }

    /// <summary>The columns with a not_null test that covers every row.</summary>
    private static HashSet<(string Node, string Column)> NeverNull(ParsedProject project) =>
    [
        .. project.Graph.InOrder
            .OfType<TestNode>()
            .Where(t => t is { TestName: "not_null", AttachedNode: not null, ColumnName: not null, Severity: "error" }
                && string.IsNullOrEmpty(t.Config.GetString("where")))
            .Select(t => (t.AttachedNode!, t.ColumnName!)),
    ];

    private static RowType Describe(
        RelationNode node, AnalysedNode analysed, string rowNamespace, string name, string targetSchema, HashSet<(string Node, string Column)> neverNull)
    {
        var propertyNames = CSharpNames.Unique(analysed.Columns.Select(c => c.Name), [name, .. RowTypeWriter.TakenNames]);
        var properties = analysed.Columns.Zip(propertyNames, (column, property) =>
        {
            var declared = node.Columns.FirstOrDefault(d => ColumnChecks.Same(column.Name, d));
            var isNotNull = declared?.NotNull == true || neverNull.Contains((node.UniqueId, declared?.Name ?? column.Name));
            return new RowProperty(property, column.Name, ClrType.Of(column.Underlying), isNotNull, declared?.Description.Trim() ?? "");
        }).ToList();

        var schema = node.Relation.Schema;
        var isBelowTarget = schema.StartsWith(targetSchema + "_", StringComparison.Ordinal);
        var key = TemplateItems.Texts(MappingValue.Value(node.Meta.GetValueOrDefault("leadline"), "key"))
            .Select(k => properties.Find(p => p.Column == k))
            .OfType<RowProperty>()
            .ToList();
        return new RowType
        {
            Namespace = rowNamespace,
            Name = name,
            Description = node.Description.Trim(),
            CustomSchema = isBelowTarget ? schema[(targetSchema.Length + 1)..] : null,
            FixedSchema = isBelowTarget || schema == targetSchema ? null : schema,
            Identifier = node.Relation.Identifier,
            Properties = properties,
            Key = key,
        };
    }
}
