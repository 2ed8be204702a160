namespace Aspire.Hosting.ApplicationModel;

/// <summary>An address a resource listens on. Without a port of its own it is given a free one when the application starts.</summary>
public sealed class EndpointAnnotation(string uriScheme, string name, int? port) : IResourceAnnotation
{
    public string UriScheme { get; } = uriScheme;

    public string Name { get; } = name;

    public int? Port { get; } = port;

    internal int? AllocatedPort { get; set; }
}

public sealed class EndpointReference(IResourceWithEndpoints owner, string endpointName) : IValueProvider, IManifestExpressionProvider
{
    public IResourceWithEndpoints Resource { get; } = owner;

    public string EndpointName { get; } = endpointName;

    public int Port => Annotation.AllocatedPort
        ?? throw new InvalidOperationException($"The endpoint '{EndpointName}' of '{Resource.Name}' has no port before the application starts.");

    public string Host => "localhost";

    public string Scheme => Annotation.UriScheme;

    public string Url => $"{Scheme}://{Host}:{Port}";

    public string ValueExpression => $"{{{Resource.Name}.bindings.{EndpointName}.url}}";

    private EndpointAnnotation Annotation =>
        Resource.Annotations.OfType<EndpointAnnotation>().FirstOrDefault(e => e.Name == EndpointName)
        ?? throw new InvalidOperationException($"'{Resource.Name}' has no endpoint '{EndpointName}'.");

    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default) => new(Url);
}
