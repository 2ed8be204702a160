using System.Security.Cryptography;
using System.Text;
using Models.Contracts;

namespace Ingestion.Loading.Batches;

/// <summary>One load of one source into one table.</summary>
/// <param name="Id">The same for the same content, contract and table, wherever it is loaded from, unless another batch was loaded in between.</param>
/// <param name="Identity">The same for the same content, contract and table, regardless of other batches.</param>
/// <param name="ContentHash">The hash of the source's content.</param>
internal sealed record Batch(Guid Id, Guid Identity, string ContentHash)
{
    /// <summary>Descriptions are not part of the identity, because they do not change the rows.</summary>
    public static Batch Create(Contract contract, string contentHash)
    {
        var identity = Hash($"{contentHash}\n{ContractText.Of(contract)}");
        return new Batch(identity, identity, contentHash);
    }

    /// <summary>
    /// The batch for content that is loaded again after the batch <paramref name="previous"/> replaced it: a file that was changed and then changed
    /// back. It needs another id, because its rows are in the table twice.
    /// </summary>
    public Batch After(Guid previous) => this with { Id = Hash($"{Identity}\n{previous}") };

    /// <summary>The batch that a requested change of the stream loads.</summary>
    public Batch ForChange(long change)
    {
        var identity = Hash($"{Identity}\nchange {change}");
        return new Batch(identity, identity, ContentHash);
    }

    private static Guid Hash(string text) => new(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16), bigEndian: true);
}
