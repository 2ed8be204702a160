using System.Text;
using Models.Parsing.Packages;
using Models.Project.Configuration;
using Models.Project.Files;
using Models.Project.Store;

namespace Models.Parsing.PartialParsing;

/// <summary>
/// The inputs that determine the result of a parse, except the texts of models: options, target, packages, the names of all files and the contents of
/// those that are not models.
/// </summary>
internal sealed record ParseInputs
{
    /// <summary>The digest of the inputs that affect every parse.</summary>
    public required Digest Key { get; init; }

    /// <summary>The digest of the command and its arguments, which matter only if a template reads them.</summary>
    public required Digest Invocation { get; init; }

    /// <summary>Returns null if an input cannot be read or hashed.</summary>
    public static ParseInputs? Of(CompileOptions options, Target target, IReadOnlyList<ProjectFile> packages, IReadOnlyList<PackageFiles> files)
    {
        using var values = new StoreWriter(new StringTable());
        values.Map(options.Flags);
        var flags = values.TakeDigest();
        values.Map(options.Vars);
        values.Map(target.Fields);
        if (!values.IsComplete)
            return null;

        var key = new DigestBuilder().Add(values.TakeDigest());
        AddOptions(key, options);
        key.Add(target.ProfileName).Add(target.Name).Add(target.Database).Add(target.Schema).Add(target.User).Add(target.Threads).Add(target.IsGiven);
        for (var i = 0; i < files.Count; i++)
        {
            key.Add(packages[i].Name).Add(packages[i].Root).Add(packages[i].Source.Text).Add(packages[i].VarsFile?.Text);
            AddNames(key, files[i].Models);
            AddNames(key, files[i].Seeds);
            ProjectFilePath[] read =
            [
                .. files[i].Properties, .. files[i].Docs, .. files[i].MacroFiles, .. files[i].Snapshots, .. files[i].Analyses, .. files[i].SingularTests,
                .. files[i].Functions,
            ];
            AddNames(key, read);
            var contents = new Digest?[read.Length];
            Parallel.For(0, read.Length, n => contents[n] = NamedContent.OfFile(read[n].Absolute));
            foreach (var content in contents)
            {
                if (content is not { } known)
                    return null;

                key.Add(known);
            }
        }

        return new ParseInputs { Key = key.Finish(), Invocation = InvocationOf(options, flags) };
    }

    /// <summary>The digest of an environment variable's value, which hides it; null if the variable is not set.</summary>
    public static Digest? EnvironmentValue(string name) =>
        Environment.GetEnvironmentVariable(name) is { } value ? Digest.Of(Encoding.UTF8.GetBytes(value)) : null;

    private static void AddOptions(DigestBuilder key, CompileOptions options)
    {
        key.Add(options.ProjectDirectory)
            .Add(options.ProfilesDirectory).Add(options.Profile).Add(options.Target).Add(options.TargetPath).Add(options.IgnoresUser);
        key.Add(options.Warnings.AllAreErrors);
        foreach (var names in (ReadOnlySpan<IReadOnlySet<string>>)[options.Warnings.Errors, options.Warnings.Warnings, options.Warnings.Silenced])
            Add(key, names.Order(StringComparer.Ordinal));
    }

    private static Digest InvocationOf(CompileOptions options, Digest flags)
    {
        var digest = new DigestBuilder().Add(flags).Add(options.Command).Add(options.FullRefresh).Add(options.StoreFailures).Add(options.Empty);
        digest.Add(options.Sample?.Start.Ticks ?? -1).Add(options.Sample?.End.Ticks ?? -1);
        return digest.Finish();
    }

    private static void AddNames(DigestBuilder key, IReadOnlyList<ProjectFilePath> files)
    {
        key.Add(files.Count);
        foreach (var file in files)
            key.Add(file.Relative).Add(file.BelowFolder);
    }

    private static void Add(DigestBuilder digest, IEnumerable<string> texts)
    {
        foreach (var text in texts)
            digest.Add(text);

        digest.Add(-1);
    }
}
