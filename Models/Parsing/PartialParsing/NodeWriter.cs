using Models.Project.Graph;
using Models.Project.Store;

namespace Models.Parsing.PartialParsing;

/// <summary>Writes nodes as they are before the graph is built, with unresolved references.</summary>
internal sealed class NodeWriter(StoreWriter record, TextBlob modelTexts)
{
    /// <summary>True for cached nodes; hooks are always read from dbt_project.yml.</summary>
    public static bool IsRecorded(Node node) => node is not OperationNode;

    /// <summary>Writes a node followed by its content hash, a digest of everything written.</summary>
    /// <returns>The hash; null if a value of the node cannot be written.</returns>
    public Digest? Write(Node node)
    {
        record.Number((int)node.ResourceType);
        record.Text(node.UniqueId);
        record.Text(node.Name);
        record.Text(node.PackageName);
        record.Text(node.OriginalFilePath);
        record.Text(node.PathInFolder);
        record.Span(node.Span);
        record.Texts(node.Fqn);
        if (node is RelationNode relation)
            WriteRelation(relation.Relation);

        WriteOwn(node);
        WriteTyped(node);
        WriteCommon(node);
        var hash = record.TakeDigest();
        record.Digest(hash);
        record.TakeDigest();
        return record.IsComplete ? hash : null;
    }

    /// <summary>Writes the typed properties that do not have their default, each by its index in the table.</summary>
    private void WriteTyped(Node node)
    {
        var properties = TypedProperties.Of(node);
        for (var i = 0; i < properties.Count; i++)
        {
            if (properties[i].Kept?.Invoke(node) is not { } value)
                continue;

            record.Number(i + 1);
            record.Value(value);
        }

        record.Number(0);
    }

    private void WriteCommon(Node node)
    {
        record.OptionalText(node.PatchPath);
        record.Map(node.Config.SetValues);
        record.Map(node.UnrenderedConfig);
        record.Texts(node.ConfiguredInFile);
        record.Text(node.Description);
        record.Texts(node.Tags);
        record.Map(node.Meta);
        record.OptionalText(node.Group);
        record.Texts(node.DependsOnMacros);
        record.Texts(node.DirectMacros);
        WriteReads(node);
        if (node is not RelationNode relation)
            return;

        record.Number(relation.Columns.Count);
        foreach (var column in relation.Columns)
            WriteColumn(column);
    }

    private void WriteReads(Node node)
    {
        record.Number(node.Refs.Count);
        foreach (var reference in node.Refs)
        {
            record.Text(reference.Name);
            record.OptionalText(reference.Package);
            record.OptionalText(reference.Version);
            record.Span(reference.Span);
        }

        record.Number(node.FunctionRefs.Count);
        foreach (var reference in node.FunctionRefs)
        {
            record.Text(reference.Name);
            record.OptionalText(reference.Package);
            record.Span(reference.Span);
        }

        record.Number(node.SourceRefs.Count);
        foreach (var reference in node.SourceRefs)
        {
            record.Text(reference.SourceName);
            record.Text(reference.TableName);
            record.Span(reference.Span);
        }

        record.Number(node.MetricRefs.Count);
        foreach (var reference in node.MetricRefs)
        {
            record.Text(reference.Name);
            record.OptionalText(reference.Package);
            record.Span(reference.Span);
        }
    }

    private void WriteRelation(Relation relation)
    {
        record.Text(relation.Database);
        record.Text(relation.Schema);
        record.Text(relation.Identifier);
        record.Flag(relation.Spelling is not null);
        if (relation.Spelling is not { } spelling)
            return;

        record.OptionalText(spelling.Database);
        record.OptionalText(spelling.Schema);
        record.OptionalText(spelling.Identifier);
    }

    private void WriteColumn(ColumnDefinition column)
    {
        record.Text(column.Name);
        record.OptionalText(column.DataType);
        record.OptionalSpan(column.Span);
        record.Text(column.Description);
        record.Flag(column.NotNull);
        record.Flag(column.Quote);
        record.Texts(column.Tags);
        record.Map(column.Meta);
        WriteConstraints(column.Constraints);
    }

    private void WriteConstraints(IReadOnlyList<ConstraintDefinition> constraints)
    {
        record.Number(constraints.Count);
        foreach (var constraint in constraints)
        {
            record.Text(constraint.Type);
            record.OptionalText(constraint.Name);
            record.OptionalText(constraint.Expression);
            record.Texts(constraint.Columns);
            record.OptionalText(constraint.To);
            record.Texts(constraint.ToColumns);
            record.Flag(constraint.WarnUnsupported);
        }
    }

    private void WriteOwn(Node node)
    {
        switch (node)
        {
            case ModelNode model:
                WriteModel(model);
                break;
            case SeedNode seed:
                record.Text(seed.FilePath);
                break;
            case SourceNode source:
                WriteSource(source);
                break;
            case TestNode test:
                WriteTest(test);
                break;
            case SnapshotNode or AnalysisNode or FunctionNode:
                WriteText((ITemplatedNode)node);
                break;
            case ExposureNode exposure:
                record.Map(exposure.Properties);
                break;
            case SemanticNode semantic:
                WriteSemantic(semantic);
                break;
            case UnitTestNode test:
                record.Text(test.Model);
                record.Map(test.Properties);
                break;
        }
    }

    private void WriteModel(ModelNode model)
    {
        record.Flag(model.Described is not null);
        if (model.Described is { } described)
            WriteDescription(described, model);

        var (start, length, content) = modelTexts.Add(model.Source.Text);
        record.Place(start, length, content);
    }

    /// <summary>Writes the parts of a description that the model does not have; its columns may differ, because the model's file changes them.</summary>
    private void WriteDescription(ModelDescription described, ModelNode model)
    {
        record.Span(described.NameSpan);
        record.Span(described.AccessSpan);
        record.Number(described.Settings.Count);
        foreach (var setting in described.Settings)
        {
            record.Text(setting.Key);
            record.Value(setting.Value);
            record.Span(setting.Span);
            record.Value(setting.Unrendered);
        }

        var own = described.Columns.SequenceEqual(model.Columns) ? [] : described.Columns;
        record.Number(own.Count);
        foreach (var column in own)
            WriteColumn(column);
    }

    private void WriteSemantic(SemanticNode node)
    {
        record.Map(node.Properties);
        if (node is SemanticModelNode model)
            record.Texts(model.Measures);
        if (node is not MetricNode metric)
            return;

        record.Text(metric.Type);
        record.Number(metric.MeasureRefs.Count);
        foreach (var measure in metric.MeasureRefs)
        {
            record.Text(measure.Name);
            record.Span(measure.Span);
        }
    }

    private void WriteSource(SourceNode source)
    {
        record.Text(source.SourceName);
        record.OptionalText(source.ContractFile);
    }

    private void WriteTest(TestNode test)
    {
        record.OptionalText(test.TestName);
        record.OptionalText(test.TestNamespace);
        record.Map(test.Arguments);
        record.OptionalText(test.ColumnName);
        record.OptionalText(test.AttachedNode);
        if (test.TestName is null)
            WriteText(test);
        else
            record.Text(test.Source.Path);
    }

    private void WriteText(ITemplatedNode node)
    {
        record.Text(node.Source.Path);
        record.Text(node.Source.Text);
    }
}
