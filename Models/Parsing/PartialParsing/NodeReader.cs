using System.Collections.Concurrent;
using System.Text;
using Models.Diagnostics;
using Models.Jinja.Parsing;
using Models.Jinja.Rendering;
using Models.Parsing.Nodes;
using Models.Project.Configuration;
using Models.Project.Graph;
using Models.Project.Store;

namespace Models.Parsing.PartialParsing;

/// <summary>Reads nodes written by <see cref="NodeWriter"/>. Templates are parsed, and model texts decoded, on first use.</summary>
/// <param name="file">The cache file; the texts of models are its raw bytes.</param>
/// <param name="testTemplates">The templates of generic tests by macro.</param>
internal sealed class NodeReader(StoreFile file, ConcurrentDictionary<string, Template> testTemplates)
{
    public RecordedNode Read(StoreReader record)
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

        node = ReadCommon(record, ReadTyped(record, node));
        if (node is RelationNode relation)
            node = relation with { Columns = record.Items(ReadColumn) };

        if (node is ModelNode model && described is not null)
            node = model with { Described = described.CompletedFrom(model) };

        return new RecordedNode(node, text, record.Digest());
    }

    private static Node ReadTyped(StoreReader record, Node node)
    {
        var properties = TypedProperties.Of(node);
        for (var place = record.Number(); place > 0; place = record.Number())
            node = properties[place - 1].Restore!(node, record.Value()!);

        return node;
    }

    /// <summary>Reads the members in the order in which they are written.</summary>
    private static Node ReadCommon(StoreReader record, Node node) => node with
    {
        PatchPath = record.OptionalText(),
        Config = new NodeConfig(ConfigDefaults.For(node.ResourceType), record.Map()),
        UnrenderedConfig = record.Map(),
        ConfiguredInFile = record.Texts(),
        Description = record.Text(),
        Tags = record.Texts(),
        Meta = record.Map() is { Count: > 0 } meta ? meta : node.Meta,
        Group = record.OptionalText(),
        DependsOnMacros = record.Texts(),
        DirectMacros = record.Texts(),
        Refs = record.Items(r => new NodeReference(r.Text(), r.OptionalText(), r.OptionalText(), r.Span())),
        FunctionRefs = record.Items(r => new NodeReference(r.Text(), r.OptionalText(), null, r.Span())),
        SourceRefs = record.Items(r => new SourceReference(r.Text(), r.Text(), r.Span())),
        MetricRefs = record.Items(r => new MetricReference(r.Text(), r.OptionalText(), r.Span())),
    };

    private (ModelNode Model, ModelDescription? Described, RecordedText Text) ReadModel(StoreReader record, NodeIdentity id)
    {
        var relation = ReadRelation(record);
        var described = record.Flag()
            ? new ModelDescription
            {
                NameSpan = record.Span(),
                AccessSpan = record.Span(),
                Settings = record.Items(r => new ConfigSetting(r.Text(), r.Value(), r.Span()) { Unrendered = r.Value() }),
                Columns = record.Items(ReadColumn),
                PatchPath = "",
            }
            : null;
        var text = new RecordedText(file.RawStart + record.Number(), record.Number());
        var source = new SourceText(id.Span.File, () => Encoding.UTF8.GetString(file.Bytes, text.Start, text.Length));
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
            LazyTemplate = new(() => TemplateReader.Read(source, new DiagnosticBag())),
        };
        return (model, described, text);
    }

    private TestNode ReadTest(StoreReader record, NodeIdentity id)
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
            LazyTemplate = template is null ? new(() => TemplateReader.Read(source!, new DiagnosticBag())) : new(template),
            TestName = name,
            TestNamespace = space,
            Arguments = arguments,
            ColumnName = column,
            AttachedNode = attached,
        };
    }

    private static Node ReadOther(StoreReader record, NodeIdentity id)
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
                    ContractFile = record.OptionalText(),
                };
            case ResourceType.Snapshot:
                var (ofSnapshot, snapshot) = (ReadRelation(record), new SourceText(record.Text(), record.Text()));
                return new SnapshotNode
                {
                    UniqueId = id.UniqueId, Name = id.Name, PackageName = id.PackageName, OriginalFilePath = id.OriginalFilePath,
                    PathInFolder = id.PathInFolder, Span = id.Span, Fqn = id.Fqn, Relation = ofSnapshot, Source = snapshot,
                    LazyTemplate = new(() => SnapshotReader.ParseBody(snapshot, id.Name)),
                };
            case ResourceType.Analysis:
                var (ofAnalysis, analysis) = (ReadRelation(record), new SourceText(record.Text(), record.Text()));
                return new AnalysisNode
                {
                    UniqueId = id.UniqueId, Name = id.Name, PackageName = id.PackageName, OriginalFilePath = id.OriginalFilePath,
                    PathInFolder = id.PathInFolder, Span = id.Span, Fqn = id.Fqn, Relation = ofAnalysis, Source = analysis,
                    LazyTemplate = new(() => TemplateReader.Read(analysis, new DiagnosticBag())),
                };
            case ResourceType.Function:
                var (ofFunction, function) = (ReadRelation(record), new SourceText(record.Text(), record.Text()));
                return new FunctionNode
                {
                    UniqueId = id.UniqueId, Name = id.Name, PackageName = id.PackageName, OriginalFilePath = id.OriginalFilePath,
                    PathInFolder = id.PathInFolder, Span = id.Span, Fqn = id.Fqn, Relation = ofFunction, Source = function,
                    LazyTemplate = new(() => TemplateReader.Read(function, new DiagnosticBag())),
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

    private static MetricNode ReadMetric(StoreReader record, NodeIdentity id) => new()
    {
        UniqueId = id.UniqueId, Name = id.Name, PackageName = id.PackageName, OriginalFilePath = id.OriginalFilePath,
        PathInFolder = id.PathInFolder, Span = id.Span, Fqn = id.Fqn, Properties = record.Map(), Type = record.Text(),
        MeasureRefs = record.Items(r => new MeasureReference(r.Text(), r.Span())),
    };

    private static Relation ReadRelation(StoreReader record)
    {
        var relation = new Relation(record.Text(), record.Text(), record.Text());
        return record.Flag()
            ? relation with { Spelling = new RelationSpelling(record.OptionalText(), record.OptionalText(), record.OptionalText()) }
            : relation;
    }

    private static ColumnDefinition ReadColumn(StoreReader record) => new(record.Text())
    {
        DataType = record.OptionalText(),
        Span = record.OptionalSpan(),
        Description = record.Text(),
        NotNull = record.Flag(),
        Quote = record.Flag(),
        Tags = record.Texts(),
        Meta = record.Map(),
        Constraints = record.Items(ReadConstraint),
    };

    private static ConstraintDefinition ReadConstraint(StoreReader record) => new(record.Text())
    {
        Name = record.OptionalText(),
        Expression = record.OptionalText(),
        Columns = record.Texts(),
        To = record.OptionalText(),
        ToColumns = record.Texts(),
        WarnUnsupported = record.Flag(),
    };

    /// <summary>The required properties of every node.</summary>
    private sealed record NodeIdentity(
        ResourceType Type, string UniqueId, string Name, string PackageName, string OriginalFilePath, string PathInFolder, SourceSpan Span, string[] Fqn);
}
