using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Models.Runner.Tests;

/// <summary>A hub of packages on this machine: descriptions in dbt's form, and their archives.</summary>
internal sealed class PackageServer(WebApplication application) : IAsyncDisposable
{
    private readonly Dictionary<string, Dictionary<string, object>> _versions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, byte[]> _archives = new(StringComparer.Ordinal);

    public string Address => $"{application.Urls.First()}/";

    public static async Task<PackageServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var application = builder.Build();
        application.Urls.Add("http://127.0.0.1:0");
        var server = new PackageServer(application);
        application.MapGet("/api/v1/{space}/{name}.json", (string space, string name) => server._versions.TryGetValue($"{space}/{name}", out var versions)
            ? Results.Json(new { @namespace = space, name, versions })
            : Results.NotFound());
        application.MapGet("/{space}/{name}/{file}", (string space, string name, string file) =>
            server._archives.TryGetValue($"{space}/{name}/{file}", out var archive) ? Results.Bytes(archive) : Results.NotFound());
        await application.StartAsync();
        return server;
    }

    /// <summary>Adds a version of a package; its packages.yml is also what the description says that it needs.</summary>
    public PackageServer Add(string package, string version, params ReadOnlySpan<(string Path, string Text)> files)
    {
        var needs = files.ToArray().Any(f => f.Path == "packages.yml")
            ? new object[] { new { package = "acme/kit", version = new[] { ">=1.0.0", "<2.0.0" } } }
            : [];
        var versions = _versions.TryGetValue(package, out var known) ? known : _versions[package] = new Dictionary<string, object>(StringComparer.Ordinal);
        var name = files[0].Text["name: ".Length..].Trim();
        versions[version] = new { name, version, packages = needs, downloads = new { tarball = $"{Address}{package}/{version}.tar.gz" } };
        _archives[$"{package}/{version}.tar.gz"] = Archive(files);
        return this;
    }

    /// <summary>Runs the command line with this hub; returns what it reports as an error, empty if it succeeds.</summary>
    public async Task<string> RunAsync(TestProject project, params string[] arguments)
    {
        var environment = new Dictionary<string, string> { ["DBT_PACKAGE_HUB_URL"] = Address };
        var (exitCode, output, errors) = await LeadlineProcess.RunAsync(project, arguments, environment);
        return exitCode == 0 ? "" : output + errors;
    }

    public ValueTask DisposeAsync() => application.DisposeAsync();

    private static byte[] Archive(ReadOnlySpan<(string Path, string Text)> files)
    {
        var bytes = new MemoryStream();
        using (var zip = new GZipStream(bytes, CompressionMode.Compress))
        using (var tar = new TarWriter(zip))
        {
            foreach (var (path, text) in files)
                tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, $"package-1/{path}") { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)) });
        }

        return bytes.ToArray();
    }
}
