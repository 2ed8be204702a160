using System.Collections.Concurrent;
using System.Reflection;
using System.Text;

namespace Models.Project.Store;

/// <summary>Identifies the build of the compiler that wrote a file, so that another build does not read it.</summary>
internal static class CompilerVersion
{
    private static readonly ConcurrentDictionary<Assembly, byte[]> s_known = new();

    /// <summary>
    /// A hash of the module versions of the assembly that writes a file and of the compiler's assemblies that it references, directly or indirectly:
    /// the file's format depends on nothing else.
    /// </summary>
    public static byte[] Of(Type writer) => s_known.GetOrAdd(writer.Assembly, Read);

    private static byte[] Read(Assembly writer)
    {
        var found = new SortedDictionary<string, Guid>(StringComparer.Ordinal);
        var next = new Queue<Assembly>([writer]);
        while (next.TryDequeue(out var assembly))
        {
            if (!found.TryAdd(assembly.GetName().Name!, assembly.ManifestModule.ModuleVersionId))
                continue;

            foreach (var used in assembly.GetReferencedAssemblies().Where(a => a.Name!.StartsWith("Models.", StringComparison.Ordinal)))
                next.Enqueue(Assembly.Load(used));
        }

        var digest = new DigestBuilder();
        foreach (var (name, version) in found)
            digest.Add(name).Add(version.ToString("N"));

        return Encoding.UTF8.GetBytes($"leadline-store-1 {digest.Finish()}\n");
    }
}
