using Leads;
using Microsoft.Extensions.Options;
using Npgsql;
using Serving.Api.Configuration;

namespace Serving.Api.Features;

/// <summary>Reads a lead's features as they are now: one indexed row, within a time limit.</summary>
internal sealed class FeatureLookup(NpgsqlDataSource source, IOptions<ServingOptions> options)
{
    /// <returns>Null where lead_features has no such contact.</returns>
    /// <exception cref="TimeoutException">The warehouse took longer than the options allow.</exception>
    public async Task<LeadFeatures?> FindAsync(long contactId, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.Value.LookupTimeout);
        try
        {
            return await LeadFeatures.FindAsync(source, contactId, limit.Token);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"lead_features was not read within {options.Value.LookupTimeout}.", exception);
        }
    }
}
