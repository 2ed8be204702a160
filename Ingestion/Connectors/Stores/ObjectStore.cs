using System.Data.Common;
using System.Net;
using Amazon;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Ingestion.Connectors.Sources;
using Models.Contracts;
using Models.Diagnostics;

namespace Ingestion.Connectors.Stores;

/// <summary>
/// A bucket of S3, or of a storage that speaks its protocol. Where it is and who reads it stands in a connection string, which contracts name and never hold.
/// </summary>
internal sealed class ObjectStore : IFileStore
{
    private static readonly string[] Keys = ["Bucket", "Region", "Endpoint", "AccessKey", "SecretKey"];

    private readonly SourceSpan _span;
    private readonly string _contract;
    private readonly string _bucket;
    private readonly AmazonS3Client _client;

    private ObjectStore(Contract contract, string bucket, AmazonS3Client client)
    {
        _span = contract.Span;
        _contract = contract.Span.File;
        _bucket = bucket;
        _client = client;
        Name = contract.Options.Store;
    }

    public string Name { get; }

    /// <summary>The store that a contract names; null for one whose files are in the data folder.</summary>
    /// <exception cref="DiagnosticException">The connection string is missing or malformed.</exception>
    public static ObjectStore? Open(Contract contract, SourceLocation location)
    {
        var name = contract.Options.Store;
        if (name.Length == 0)
            return null;
        if (!location.ConnectionStrings.TryGetValue(name, out var connectionString))
            throw new DiagnosticException(IngestionDiagnostics.UnknownConnection(contract.Span, contract.Name, name, location.ConnectionStrings.Keys));

        var settings = Parse(contract, connectionString);
        var config = new AmazonS3Config { AuthenticationRegion = settings["Region"] ?? "us-east-1" };
        if (settings["Endpoint"] is { } endpoint)
            (config.ServiceURL, config.ForcePathStyle) = (endpoint, true);
        else
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(settings["Region"]);

        var client = settings["AccessKey"] is { } key
            ? new AmazonS3Client(new BasicAWSCredentials(key, settings["SecretKey"]), config)
            : new AmazonS3Client(config);
        return new ObjectStore(contract, settings["Bucket"]!, client);
    }

    public Task<IReadOnlyList<string>> ListAsync(string prefix, CancellationToken cancellationToken) => GuardAsync(async () =>
    {
        var files = new List<string>();
        var request = new ListObjectsV2Request { BucketName = _bucket, Prefix = prefix };
        do
        {
            var page = await _client.ListObjectsV2Async(request, cancellationToken);
            // a name that ends in a slash is a folder of a console
            files.AddRange((page.S3Objects ?? []).Select(o => o.Key).Where(k => !k.EndsWith('/')));
            request.ContinuationToken = page.IsTruncated == true ? page.NextContinuationToken : null;
        }
        while (request.ContinuationToken is not null);

        files.Sort(StringComparer.Ordinal);
        return (IReadOnlyList<string>)files;
    });

    public Task DownloadAsync(string file, Stream target, CancellationToken cancellationToken) => GuardAsync(async () =>
    {
        try
        {
            using var found = await _client.GetObjectAsync(_bucket, file, cancellationToken);
            await found.ResponseStream.CopyToAsync(target, cancellationToken);
            return true;
        }
        catch (AmazonS3Exception exception) when (exception.ErrorCode == "NoSuchKey")
        {
            throw new DiagnosticException(StoreDiagnostics.MissingFile(_span, file, Name, _contract), exception);
        }
    });

    public void Dispose() => _client.Dispose();

    private static Dictionary<string, string?> Parse(Contract contract, string connectionString)
    {
        var builder = new DbConnectionStringBuilder();
        try
        {
            builder.ConnectionString = connectionString;
        }
        catch (ArgumentException exception)
        {
            throw Bad("is not written as 'Key=value;Key=value'", exception);
        }

        if (builder.Keys.Cast<string>().FirstOrDefault(k => !Keys.Contains(k, StringComparer.OrdinalIgnoreCase)) is { } unknown)
            throw Bad($"has the unknown key '{unknown}'{NearName.Hint(unknown, Keys)}");

        var settings = Keys.ToDictionary(k => k, k => builder.TryGetValue(k, out var value) && value is string { Length: > 0 } text ? text : null);
        if (settings["Bucket"] is null)
            throw Bad("has no 'Bucket'");
        if (settings["Region"] is null && settings["Endpoint"] is null)
            throw Bad("has neither 'Region' nor 'Endpoint'");
        if (settings["Endpoint"] is { } endpoint && !(Uri.TryCreate(endpoint, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"))
            throw Bad("has an 'Endpoint' that is no address");
        if (settings["AccessKey"] is null != settings["SecretKey"] is null)
            throw Bad("has one of 'AccessKey' and 'SecretKey' without the other");

        return settings;

        DiagnosticException Bad(string reason, Exception? inner = null) =>
            new(StoreDiagnostics.BadConnection(contract.Span, contract.Options.Store, reason), inner);
    }

    private async Task<T> GuardAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (Exception exception) when (exception is AmazonClientException or AmazonServiceException or HttpRequestException or WebException)
        {
            throw new DiagnosticException(StoreDiagnostics.Unreadable(_span, Name, exception.Message), exception);
        }
    }
}
