using System.Security.Cryptography;
using System.Text;

namespace Models.Project.Graph;

/// <summary>
/// The checksum in artifacts and templates that detects changes of a node's file: a hash of the content, or only the path for a large seed. Source:
/// docs.getdbt.com/reference/node-selection/state-comparison-caveats, on seeds.
/// </summary>
/// <param name="Name"><c>sha256</c> or <c>path</c>.</param>
/// <param name="Value">The hash in hexadecimal, or the path relative to the package.</param>
public sealed record NodeChecksum(string Name, string Value)
{
    /// <summary>The content of a seed with more bytes than this is not hashed.</summary>
    private const long LargestSeed = 1024 * 1024;

    /// <summary>The checksum of a seed or of a node with a template; null for other nodes.</summary>
    public static NodeChecksum? Of(Node node) => node switch
    {
        SeedNode seed => OfSeed(seed),
        ITemplatedNode templated => Sha256(Encoding.UTF8.GetBytes(templated.Source.Text.Trim())),
        _ => null,
    };

    private static NodeChecksum OfSeed(SeedNode seed)
    {
        var file = new FileInfo(seed.FilePath);
        return file.Exists && file.Length <= LargestSeed ? Sha256(File.ReadAllBytes(seed.FilePath)) : new NodeChecksum("path", seed.OriginalFilePath);
    }

    private static NodeChecksum Sha256(byte[] content) => new("sha256", Convert.ToHexStringLower(SHA256.HashData(content)));
}
