using Leads;
using Npgsql;
using Serving.Api.Reads;

namespace Serving.Api.Features;

/// <summary>Reads a lead's features as they are now: one indexed row.</summary>
internal sealed class FeatureLookup(NpgsqlDataSource source, WarehouseReads reads)
{
    /// <returns>Null where lead_features has no such contact.</returns>
    /// <exception cref="WarehouseException">The warehouse did not give the row.</exception>
    public Task<LeadFeatures?> FindAsync(long contactId, CancellationToken cancellationToken) =>
        reads.RunAsync(token => LeadFeatures.FindAsync(source, contactId, token), cancellationToken);
}
