using System.Security.Cryptography;
using System.Text;
using Models.Contracts;

namespace Ingestion.Connectors.Loading;

/// <summary>One load of one source into one table.</summary>
/// <param name="Id">The same for the same content, contract and table, from wherever it is loaded, unless another batch came between.</param>
/// <param name="Identity">The same for the same content, contract and table, whatever came between.</param>
/// <param name="ContentHash">The hash of the source alone.</param>
internal sealed record Batch(Guid Id, Guid Identity, string ContentHash)
{
    /// <summary>Descriptions do not count: a contract better worded fills a table with the same rows.</summary>
    public static Batch Create(Contract contract, string contentHash)
    {
        var identity = Hash($"{contentHash}\n{ContractText.Of(contract)}");
        return new Batch(identity, identity, contentHash);
    }

    /// <summary>
    /// The same content loaded once more after the batch <paramref name="previous"/> had taken its place: a file that was changed and
    /// then put back. It needs an id of its own, as its rows are in the table twice.
    /// </summary>
    public Batch After(Guid previous) => this with { Id = Hash($"{Identity}\n{previous}") };

    private static Guid Hash(string text) => new(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16), bigEndian: true);
}
