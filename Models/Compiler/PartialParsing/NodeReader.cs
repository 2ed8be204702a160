using System.Collections.Concurrent;
using System.Text;
using Models.Compiler.Diagnostics;
using Models.Compiler.Graph;
using Models.Compiler.Project.Configuration;
using Models.Compiler.Project.Nodes;
using Models.Compiler.Templates;

namespace Models.Compiler.PartialParsing;

/// <summary>Reads what <see cref="NodeWriter"/> wrote. Templates are parsed, and texts of models decoded, when first asked for.</summary>
/// <param name="bytes">The record.</param>
/// <param name="modelTexts">Where the texts of models begin in it.</param>
/// <param name="testTemplates">The templates of generic tests by their macro.</param>
internal sealed class NodeReader(byte[] bytes, int modelTexts, ConcurrentDictionary<string, Template> testTemplates)
{
    public RecordedNode Read(RecordReader record)
    {
        var identity = new NodeIdentity(
            (ResourceType)record.Number(), record.Text(), record.Text(), record.Text(), record.Text(), record.Text(), record.Span(), record.Texts());
        var text = default(RecordedText);
        ModelDescription? described = null;
        Node node;
        switch (identity.Type)
        {
            case ResourceType.Model:
                (node, described, text) = ReadModel(record, identity);
                break;
            case ResourceType.Test:
                node = ReadTest(record, identity);
                break;
            default:
                node = ReadOther(record, identity);
                break;
        }

        ReadCommon(record, node);
        if (node is ModelNode model && described is not null)
            model.Described = described with { PatchPath = model.PatchPath ?? "", Description = model.Description, Columns = described.Columns.Count > 0 ? described.Columns : model.Columns };

        node.State = record.Digest();
        return new RecordedNode(node, text);
    }

    private static void ReadCommon(RecordReader record, Node node)
    {
        node.PatchPath = record.OptionalText();
        node.Config = new NodeConfig(ConfigDefaults.For(node.ResourceType));
        for (var left = record.Number(); left > 0; left--)
            node.Config.Set(record.Text(), record.Value());

        node.UnrenderedConfig = record.Map();
        node.ConfiguredInFile = record.Texts();
        node.Description = record.Text();
        node.Tags = record.Texts();
        if (record.Map() is { Count: > 0 } meta)
            node.Meta = meta;

        node.Group = record.OptionalText();
        node.DependsOnMacros.AddRange(record.Texts());
        for (var left = record.Number(); left > 0; left--)
            node.Refs.Add(new NodeReference(record.Text(), record.OptionalText(), record.OptionalText(), record.Span()));

        for (var left = record.Number(); left > 0; left--)
            node.SourceRefs.Add(new SourceReference(record.Text(), record.Text(), record.Span()));

        for (var left = record.Number(); left > 0; left--)
            node.MetricRefs.Add(new MetricReference(record.Text(), record.OptionalText(), record.Span()));

        if (node is RelationNode relation)
            relation.Columns = Items(record, ReadColumn);
    }

    private (ModelNode Model, ModelDescription? Described, RecordedText Text) ReadModel(RecordReader record, NodeIdentity id)
    {
        var relation = ReadRelation(record);
        var (version, latest, enforced) = (record.OptionalText(), record.OptionalText(), record.Flag());
        var constraints = Items(record, ReadConstraint);
        var (deprecation, timeSpine, access) = (record.OptionalText(), record.Value(), record.Text());
        var described = record.Flag()
            ? new ModelDescription
            {
                NameSpan = record.Span(),
                AccessSpan = record.Span(),
                Settings = Items(record, r => new ConfigSetting(r.Text(), r.Value(), r.Span()) { Unrendered = r.Value() }),
                Columns = Items(record, ReadColumn),
                PatchPath = "",
                Constraints = constraints,
                DeprecationDate = deprecation,
                TimeSpine = timeSpine,
            }
            : null;
        var text = new RecordedText(modelTexts + record.Number(), record.Number());
        var source = new SourceText(id.Span.File, () => Encoding.UTF8.GetString(bytes, text.Start, text.Length));
        var model = new ModelNode
        {
            UniqueId = id.UniqueId,
            Name = id.Name,
            PackageName = id.PackageName,
            OriginalFilePath = id.OriginalFilePath,
            PathInFolder = id.PathInFolder,
            Span = id.Span,
            Fqn = id.Fqn,
            Relation = relation,
            Source = source,
            Version = version,
            LatestVersion = latest,
            ContractEnforced = enforced,
            Constraints = constraints,
            DeprecationDate = deprecation,
            DeprecatedFrom = ModelDescription.Moment(deprecation),
            TimeSpine = timeSpine,
            Access = access,
            LazyTemplate = () => Template.Parse(source, new DiagnosticBag()),
        };
        return (model, described, text);
    }

    private TestNode ReadTest(RecordReader record, NodeIdentity id)
    {
        var relation = ReadRelation(record);
        var (name, space, arguments) = (record.OptionalText(), record.OptionalText(), record.Map());
        var (column, attached) = (record.OptionalText(), record.OptionalText());
        var source = name is null ? new SourceText(record.Text(), record.Text()) : null;
        var template = source is null ? testTemplates.GetOrAdd(record.Text(), GenericTestReader.ParseCall) : null;
        return new TestNode
        {
            UniqueId = id.UniqueId,
            Name = id.Name,
            PackageName = id.PackageName,
            OriginalFilePath = id.OriginalFilePath,
            PathInFolder = id.PathInFolder,
            Span = id.Span,
            Fqn = id.Fqn,
            Relation = relation,
            Source = source ?? template!.Source,
            LazyTemplate = () => template ?? Template.Parse(source!, new DiagnosticBag()),
            TestName = name,
            TestNamespace = space,
            Arguments = arguments,
            ColumnName = column,
            AttachedNode = attached,
        };
    }

    private static Node ReadOther(RecordReader record, NodeIdentity id)
    {
        switch (id.Type)
        {
            case ResourceType.Seed:
                return new SeedNode
                {
                    UniqueId = id.UniqueId, Name = id.Name, PackageName = id.PackageName, OriginalFilePath = id.OriginalFilePath,
                    PathInFolder = id.PathInFolder, Span = id.Span, Fqn = id.Fqn, Relation = ReadRelation(record), FilePath = record.Text(),
                };
            case ResourceType.Source:
                return new SourceNode
                {
                    UniqueId = id.UniqueId, Name = id.Name, PackageName = id.PackageName, OriginalFilePath = id.OriginalFilePath,
                    PathInFolder = id.PathInFolder, Span = id.Span, Fqn = id.Fqn, Relation = ReadRelation(record), SourceName = record.Text(),
                    SourceDescription = record.Text(), SourceMeta = record.Map(), Loader = record.Text(), ContractFile = record.OptionalText(),
                    LoadedAtField = record.OptionalText(), LoadedAtQuery = record.OptionalText(), Freshness = record.Flag() ? record.Map() : null,
                };
            case ResourceType.Snapshot:
                var (ofSnapshot, snapshot) = (ReadRelation(record), new SourceText(record.Text(), record.Text()));
                return new SnapshotNode
                {
                    UniqueId = id.UniqueId, Name = id.Name, PackageName = id.PackageName, OriginalFilePath = id.OriginalFilePath,
                    PathInFolder = id.PathInFolder, Span = id.Span, Fqn = id.Fqn, Relation = ofSnapshot, Source = snapshot,
                    LazyTemplate = () => SnapshotReader.ParseBody(snapshot, id.Name),
                };
            case ResourceType.Analysis:
                var (ofAnalysis, analysis) = (ReadRelation(record), new SourceText(record.Text(), record.Text()));
                return new AnalysisNode
                {
                    UniqueId = id.UniqueId, Name = id.Name, PackageName = id.PackageName, OriginalFilePath = id.OriginalFilePath,
                    PathInFolder = id.PathInFolder, Span = id.Span, Fqn = id.Fqn, Relation = ofAnalysis, Source = analysis,
                    LazyTemplate = () => Template.Parse(analysis, new DiagnosticBag()),
                };
            case ResourceType.Exposure:
                return new ExposureNode
                {
                    UniqueId = id.UniqueId, Name = id.Name, PackageName = id.PackageName, OriginalFilePath = id.OriginalFilePath,
                    PathInFolder = id.PathInFolder, Span = id.Span, Fqn = id.Fqn, Properties = record.Map(),
                };
            case ResourceType.SemanticModel:
                return new SemanticModelNode
                {
                    UniqueId = id.UniqueId, Name = id.Name, PackageName = id.PackageName, OriginalFilePath = id.OriginalFilePath,
                    PathInFolder = id.PathInFolder, Span = id.Span, Fqn = id.Fqn, Properties = record.Map(), Measures = record.Texts(),
                };
            case ResourceType.Metric:
                return ReadMetric(record, id);
            case ResourceType.SavedQuery:
                return new SavedQueryNode
                {
                    UniqueId = id.UniqueId, Name = id.Name, PackageName = id.PackageName, OriginalFilePath = id.OriginalFilePath,
                    PathInFolder = id.PathInFolder, Span = id.Span, Fqn = id.Fqn, Properties = record.Map(),
                };
            case ResourceType.UnitTest:
                return new UnitTestNode
                {
                    UniqueId = id.UniqueId, Name = id.Name, PackageName = id.PackageName, OriginalFilePath = id.OriginalFilePath,
                    PathInFolder = id.PathInFolder, Span = id.Span, Fqn = id.Fqn, Model = record.Text(), Properties = record.Map(),
                };
            default:
                throw new FormatException($"a record holds no nodes of type {id.Type}");
        }
    }

    private static MetricNode ReadMetric(RecordReader record, NodeIdentity id)
    {
        var metric = new MetricNode
        {
            UniqueId = id.UniqueId, Name = id.Name, PackageName = id.PackageName, OriginalFilePath = id.OriginalFilePath,
            PathInFolder = id.PathInFolder, Span = id.Span, Fqn = id.Fqn, Properties = record.Map(), Type = record.Text(),
        };
        for (var left = record.Number(); left > 0; left--)
            metric.MeasureRefs.Add(new MeasureReference(record.Text(), record.Span()));

        return metric;
    }

    private static Relation ReadRelation(RecordReader record)
    {
        var relation = new Relation(record.Text(), record.Text(), record.Text());
        return record.Flag()
            ? relation with { Spelling = new RelationSpelling(record.OptionalText(), record.OptionalText(), record.OptionalText()) }
            : relation;
    }

    private static ColumnDefinition ReadColumn(RecordReader record) => new(record.Text())
    {
        DataType = record.OptionalText(),
        Span = record.OptionalSpan(),
        Description = record.Text(),
        NotNull = record.Flag(),
        Quote = record.Flag(),
        Tags = record.Texts(),
        Meta = record.Map(),
        Constraints = Items(record, ReadConstraint),
    };

    private static ConstraintDefinition ReadConstraint(RecordReader record) => new(record.Text())
    {
        Name = record.OptionalText(),
        Expression = record.OptionalText(),
        Columns = record.Texts(),
        To = record.OptionalText(),
        ToColumns = record.Texts(),
    };

    private static T[] Items<T>(RecordReader record, Func<RecordReader, T> read)
    {
        var count = record.Number();
        if (count == 0)
            return [];

        var items = new T[count];
        for (var i = 0; i < items.Length; i++)
            items[i] = read(record);

        return items;
    }

    /// <summary>What every node has and none can be made without.</summary>
    private sealed record NodeIdentity(
        ResourceType Type, string UniqueId, string Name, string PackageName, string OriginalFilePath, string PathInFolder, SourceSpan Span, string[] Fqn);
}
