using System.Globalization;
using Models.Database.Targets;
using Models.Diagnostics;
using Models.Jinja.Rendering;
using Models.Project.Configuration;
using Models.Project.Diagnostics;
using Models.Project.Files;
using Models.Project.Yaml;
using Models.Rendering.Context;

namespace Models.Parsing.Profiles;

/// <summary>
/// Finds the target of a run: an output of profiles.yml, overridden by the connection string of the options if there is one. Source:
/// docs.getdbt.com/docs/core/connect-data-platform/postgres-setup.
/// </summary>
internal sealed class ProfileReader(CompileOptions options, YamlRendering rendering, DiagnosticBag diagnostics)
{
    private const string FileName = "profiles.yml";
    private const int DefaultThreads = 4;

    /// <param name="profileName">The profile in dbt_project.yml or the options; null if neither names one.</param>
    /// <param name="projectFolder">The project's folder, absolute.</param>
    /// <param name="place">The position at which the profile is named.</param>
    public Target? Read(string? profileName, string projectFolder, SourceSpan place)
    {
        var connection = ReadConnectionString(out var isInvalid);
        if (isInvalid)
            return null;

        var name = options.Profile ?? profileName ?? "default";
        var file = FindFile(projectFolder);
        if (file is null)
        {
            if (connection is not null)
                return TargetBuilder.FromConnectionString(name, options.Target ?? "default", connection);

            diagnostics.Add(ProjectDiagnostics.ProfilesFileMissing(place, name, string.Join(", ", Folders(projectFolder).Select(f => $"'{f}'"))));
            return null;
        }

        var hadErrors = diagnostics.HasErrors;
        options.Reads.ProfilesFile = file;
        if (SourceFile.Read(file, diagnostics) is not { } source)
            return null;

        // an empty file is valid and contains no profiles
        if ((YamlReader.ReadMapping(source, diagnostics)
            ?? (diagnostics.HasErrors == hadErrors ? YamlMapping.Empty(SourceSpan.WholeFile(file)) : null)) is not { } root)
            return null;

        if (root[name] is not YamlMapping profile)
        {
            if (connection is not null)
                return TargetBuilder.FromConnectionString(name, options.Target ?? "default", connection);

            diagnostics.Add(ProjectDiagnostics.UnknownProfile(SourceSpan.WholeFile(file), name, root.Entries.Select(e => e.Key).Where(k => k != "config")));
            return null;
        }

        return ReadOutput(name, profile, connection);
    }

    private Target? ReadOutput(string profileName, YamlMapping profile, ConnectionSettings? connection)
    {
        var targetName = options.Target ?? (profile["target"] is { } written ? PythonText.Str(rendering.Value(written)) : "default");
        var outputs = profile["outputs"] as YamlMapping ?? YamlMapping.Empty(profile.Span);
        if (outputs[targetName] is not YamlMapping output)
        {
            diagnostics.Add(ProjectDiagnostics.UnknownTarget(outputs.Span, profileName, targetName, outputs.Entries.Select(e => e.Key)));
            return null;
        }

        var fields = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var entry in output.Entries)
        {
            // a field that the connection string overrides need not be renderable, so that an unset variable in it is not an error
            if (connection is not null && TargetBuilder.IsAnsweredByConnectionString(entry.Key, connection))
                continue;

            fields[TargetBuilder.CanonicalField(entry.Key)] = rendering.Value(entry.Value);
        }

        var type = fields.TryGetValue("type", out var typeValue) ? PythonText.Str(typeValue) : "postgres";
        if (type is not ("postgres" or "postgresql"))
        {
            diagnostics.Add(ProjectDiagnostics.UnsupportedAdapter(output.Span, targetName, type));
            return null;
        }

        fields["type"] = "postgres";
        if (connection is null && !HasAllFields(output, fields, targetName))
            return null;

        CheckValues(output, fields);
        return TargetBuilder.FromFields(profileName, targetName, fields, ReadThreads(output, fields), connection);
    }

    private bool HasAllFields(YamlMapping output, Dictionary<string, object?> fields, string target)
    {
        var complete = true;
        foreach (var required in (ReadOnlySpan<string>)["host", "user", "dbname", "schema"])
        {
            if (fields.TryGetValue(required, out var value) && value is not null)
                continue;

            // an error in rendering an existing field was already reported
            if (!output.Entries.Any(e => TargetBuilder.CanonicalField(e.Key) == required))
                diagnostics.Add(ProjectDiagnostics.MissingKey(output.Span, $"the target '{target}'", required));
            complete = false;
        }

        return complete;
    }

    private void CheckValues(YamlMapping output, Dictionary<string, object?> fields)
    {
        foreach (var key in (ReadOnlySpan<string>)["port", "connect_timeout", "keepalives_idle", "retries"])
        {
            if (fields.GetValueOrDefault(key) is { } value && !uint.TryParse(PythonText.Str(value), CultureInfo.InvariantCulture, out _))
                diagnostics.Add(ProjectDiagnostics.InvalidValue(output[key]!.Span, PythonText.Str(value), key, "a whole number"));
        }

        if (fields.GetValueOrDefault("sslmode") is { } mode && !ConnectionSettings.IsSslMode(PythonText.Str(mode)))
            diagnostics.Add(ProjectDiagnostics.InvalidValue(
                output["sslmode"]!.Span, PythonText.Str(mode), "sslmode", "disable, allow, prefer, require, verify-ca or verify-full"));
    }

    private int ReadThreads(YamlMapping output, Dictionary<string, object?> fields)
    {
        if (!fields.TryGetValue("threads", out var value) || value is null)
            return DefaultThreads;

        if (int.TryParse(PythonText.Str(value), CultureInfo.InvariantCulture, out var threads) && threads > 0)
            return threads;

        diagnostics.Add(ProjectDiagnostics.InvalidValue(output["threads"]!.Span, PythonText.Str(value), "threads", "a number above 0"));
        return DefaultThreads;
    }

    private ConnectionSettings? ReadConnectionString(out bool isInvalid)
    {
        isInvalid = false;
        if (string.IsNullOrWhiteSpace(options.ConnectionString))
            return null;

        if (ConnectionSettings.TryParse(options.ConnectionString, out var settings, out var problem))
            return settings;

        isInvalid = true;
        diagnostics.Add(ProjectDiagnostics.InvalidConnectionString(SourceSpan.WholeFile("ConnectionStrings__warehouse"), problem));
        return null;
    }

    private string? FindFile(string projectFolder)
    {
        foreach (var folder in Folders(projectFolder))
        {
            var file = Path.Combine(folder, FileName);
            if (File.Exists(file))
                return Path.GetFullPath(file);
        }

        return null;
    }

    private IEnumerable<string> Folders(string projectFolder)
    {
        if (options.ProfilesDirectory is { } asked)
            return [asked];

        if (Environment.GetEnvironmentVariable("DBT_PROFILES_DIR") is { Length: > 0 } configured)
            return [configured];

        return [projectFolder, Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".dbt")];
    }
}
