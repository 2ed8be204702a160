using Models.Diagnostics;
using Models.Parsing.Nodes;
using Models.Parsing.Packages;
using Models.Parsing.Properties;
using Models.Project.Files;
using Models.Project.Graph;
using Models.Project.Store;
using Models.Rendering.Context;

namespace Models.Parsing.PartialParsing;

/// <summary>
/// Reuses the result of an earlier parse if only texts of models changed since: those are parsed again, everything else is reused. Every file is
/// compared, so that the result is the same as that of a full parse.
/// </summary>
internal sealed class PartialParse
{
    /// <summary>The record is rewritten only if more models than this differ from it: parsing a few models again is cheaper.</summary>
    private const int ModelsBesideRecord = 16;

    private readonly DbtProject _project;
    private readonly IReadOnlyList<PackageFiles> _files;
    private readonly string _path;
    private Task<IReadOnlyDictionary<string, Digest>>? _saving;

    private PartialParse(DbtProject project, IReadOnlyList<PackageFiles> files, ParseInputs inputs, string path)
    {
        _project = project;
        _files = files;
        Inputs = inputs;
        _path = path;
    }

    public ParseInputs Inputs { get; }

    /// <summary>Returns null if partial parsing is disabled, or if something cannot be read.</summary>
    public static PartialParse? For(DbtProject project, IReadOnlyList<PackageFiles> files)
    {
        var root = project.Packages[0];
        var options = project.Options;
        if (!(options.PartialParse ?? !(root.Flags.TryGetValue("partial_parse", out var wanted) && wanted is false)))
            return null;

        var folder = options.ParseRecordFolder ?? Path.GetFullPath(options.TargetPath ?? root.TargetPath, options.ProjectDirectory);
        return ParseInputs.Of(options, project.Target, project.Packages, files) is { } inputs
            ? new PartialParse(project, files, inputs, Path.Combine(folder, BuildStore.Parse))
            : null;
    }

    /// <summary>Returns null if a full parse is needed.</summary>
    public ReadProject? TakeOver(CancellationToken cancellationToken)
    {
        if (ParseRecordFile.Load(_path, Inputs) is not { } record)
            return null;

        var session = new ParseSession(_project, new PropertiesIndex(_project.Diagnostics), cancellationToken);
        var models = new Dictionary<string, RecordedNode>(StringComparer.Ordinal);
        var hashes = new Dictionary<string, Digest>(record.Nodes.Count, StringComparer.Ordinal);
        foreach (var recorded in record.Nodes)
        {
            if (recorded.Node is ModelNode)
                models[recorded.Node.Span.File] = recorded;
            else
                Add(recorded, session, hashes);
        }

        var again = 0;
        for (var i = 0; i < _files.Count; i++)
        {
            if (TakeOver(_files[i], record, models, session, hashes) is not { } read)
                return null;

            again += read;
        }

        foreach (var variable in record.Environment)
            _project.Options.EnvironmentRead.TryAdd(variable.Name, variable.Name);

        _project.Diagnostics.AddRange(record.Diagnostics);
        return new ReadProject(session, again > ModelsBesideRecord ? record : null)
        {
            Docs = record.Docs,
            Groups = record.Groups,
            Macros = record.Macros,
            ContentHashes = hashes,
        };
    }

    /// <summary>Starts writing the record and hashing its new content in the background.</summary>
    public void BeginSave(ReadProject read)
    {
        var reads = _project.Options.Reads;
        var record = read.Record is null || reads.Moment ? null : read.Record with
        {
            Key = Inputs.Key,
            Invocation = read.Record.Invocation ?? (reads.Invocation ? Inputs.Invocation : null),
            Environment =
            [
                .. reads.Environment.Keys.Concat(read.Record.Environment.Select(e => e.Name)).Distinct(StringComparer.Ordinal)
                    .Order(StringComparer.Ordinal).Select(n => new NamedContent(n, ParseInputs.EnvironmentValue(n))),
            ],
            Files = [.. reads.Files.Values.Concat(read.Record.Files).DistinctBy(f => f.Name)],
            AlwaysReparse = read.Session.AlwaysReparse,
        };
        Node[] nodes = record is null ? [.. read.Session.Nodes.Where(n => !read.ContentHashes.ContainsKey(n.UniqueId))] : [.. read.Session.Nodes];
        _saving = Task.Run(() => Save(record, nodes, read.ContentHashes));
    }

    /// <summary>Waits until the record is written.</summary>
    /// <returns>The content hashes of the enabled nodes by unique id.</returns>
    public IReadOnlyDictionary<string, Digest> EndSave() => _saving?.GetAwaiter().GetResult() ?? new Dictionary<string, Digest>();

    private IReadOnlyDictionary<string, Digest> Save(ParseRecord? record, Node[] nodes, IReadOnlyDictionary<string, Digest> known)
    {
        var hashes = new Dictionary<string, Digest>(known, StringComparer.Ordinal);
        try
        {
            ParseRecordFile.Save(_path, record, nodes, hashes);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // best effort: without a record the next parse reads everything
        }

        return hashes;
    }

    /// <returns>The number of models that differ from the record; null if a full parse is needed.</returns>
    private int? TakeOver(
        PackageFiles package, ParseRecord record, Dictionary<string, RecordedNode> models, ParseSession session, Dictionary<string, Digest> hashes)
    {
        var changed = new bool[package.Models.Count];
        Parallel.For(0, changed.Length, session.Parallelism, i =>
        {
            var path = package.Models[i].Absolute;
            changed[i] = record.AlwaysReparse.Contains(path) || !models.TryGetValue(path, out var known) || !ModelText.IsSame(path, record.Bytes, known.Text);
        });

        for (var i = 0; i < changed.Length; i++)
        {
            if (changed[i] && !record.AlwaysReparse.Contains(package.Models[i].Absolute))
            {
                _project.Options.ModelsChanged?.Invoke();
                break;
            }
        }

        var builder = new ModelBuilder(session);
        var again = 0;
        for (var i = 0; i < changed.Length; i++)
        {
            var file = package.Models[i];
            if (!changed[i])
                Add(models[file.Absolute], session, hashes);
            else if (file.Relative.EndsWith(".py", StringComparison.OrdinalIgnoreCase))
                ModelReader.ReportPython(session, file);
            else if (models.TryGetValue(file.Absolute, out var known) && ReadAgain(file, (ModelNode)known.Node, package.Project, builder, session))
                again += record.AlwaysReparse.Contains(file.Absolute) ? 0 : 1;
            else
                return null;
        }

        return again;
    }

    private static void Add(RecordedNode recorded, ParseSession session, Dictionary<string, Digest> hashes)
    {
        session.Add(recorded.Node);
        if (recorded.Node.Config.Enabled)
            hashes[recorded.Node.UniqueId] = recorded.ContentHash;
    }

    /// <returns>False if the change may affect the parse of other files.</returns>
    private static bool ReadAgain(ProjectFilePath file, ModelNode before, ProjectFile package, ModelBuilder builder, ParseSession session)
    {
        if (SourceFile.Read(file.Absolute, new DiagnosticBag()) is not { } source)
            return false;

        var model = new ModelNode
        {
            UniqueId = before.UniqueId,
            Name = before.Name,
            PackageName = before.PackageName,
            OriginalFilePath = before.OriginalFilePath,
            PathInFolder = before.PathInFolder,
            Span = before.Span,
            Fqn = before.Fqn,
            Source = source,
            Relation = session.Provisional(before.Name),
            Version = before.Version,
            LatestVersion = before.LatestVersion,
        };
        // disabling a model also disables its tests
        return builder.Build(model, before.Described, package).Config.Enabled == before.Config.Enabled;
    }
}
