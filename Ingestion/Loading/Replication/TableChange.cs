namespace Ingestion.Loading.Replication;

/// <summary>One change of the replicated table.</summary>
/// <param name="Kind">The kind of change.</param>
/// <param name="Texts">The values in the order of the contract's fields: of a deletion the old ones, otherwise the new ones.</param>
/// <param name="Unchanged">The fields whose values the server did not send, because they are large and did not change; null for none.</param>
/// <param name="OldTexts">The values by which an update whose key changed finds its old row; null if the key did not change.</param>
internal sealed record TableChange(ChangeKind Kind, string?[] Texts, bool[]? Unchanged = null, string?[]? OldTexts = null);

/// <summary>The kinds of <see cref="TableChange"/>.</summary>
internal enum ChangeKind
{
    Upsert,
    Delete,
    Truncate,
}
