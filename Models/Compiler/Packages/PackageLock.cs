using System.Text;
using System.Text.RegularExpressions;
using Models.Parsing.Packages;

namespace Models.Compiler.Packages;

/// <summary>Writes package-lock.yml: the versions found for packages.yml, which the next <c>deps</c> takes again.</summary>
internal static partial class PackageLock
{
    public const string FileName = PackageLoader.LockFileName;

    private const string HashKey = "sha1_hash: ";

    /// <summary>True if the lock file was made for these entries of packages.yml.</summary>
    public static bool Fits(string root, PackageList listed)
    {
        var path = Path.Combine(root, FileName);
        return File.Exists(path) && File.ReadLines(path).Any(l => l == $"{HashKey}{listed.Hash}");
    }

    public static void Write(string root, PackageList listed, IReadOnlyList<ResolvedPackage> packages)
    {
        var text = new StringBuilder("packages:\n");
        foreach (var package in packages)
        {
            var first = true;
            foreach (var (key, value) in Fields(package).OrderBy(f => f.Key, StringComparer.Ordinal))
            {
                text.Append(first ? "  - " : "    ").Append(key).Append(": ").Append(Plain().IsMatch(value) ? value : Quoted(value)).Append('\n');
                first = false;
            }
        }

        File.WriteAllText(Path.Combine(root, FileName), text.Append(HashKey).Append(listed.Hash).Append('\n').ToString());
    }

    private static IEnumerable<(string Key, string Value)> Fields(ResolvedPackage package)
    {
        yield return ("name", package.Name);
        switch (package.Request)
        {
            case LocalRequest local:
                yield return ("local", local.Origin);
                break;
            case HubRequest hub:
                yield return ("package", hub.Package);
                yield return ("version", package.Version ?? "");
                break;
            case GitRequest git:
                yield return ("git", git.Origin);
                yield return ("revision", package.Version ?? "");
                if (git.Subdirectory is { } subdirectory)
                    yield return ("subdirectory", subdirectory);
                break;
            case TarballRequest tarball:
                yield return ("tarball", tarball.Origin);
                break;
        }
    }

    private static string Quoted(string value) => $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";

    [GeneratedRegex(@"\A(?:[A-Za-z][\w./@:-]*[\w/]|\d+\.\d+\.\d+)\z")]
    private static partial Regex Plain();
}
