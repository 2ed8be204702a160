namespace Serving.Api.Configuration;

/// <summary>What a key is good for.</summary>
public enum ApiScope
{
    /// <summary>Asks for scores.</summary>
    Predict,

    /// <summary>Reads features.</summary>
    Features,

    /// <summary>Reads the registry, with the models themselves.</summary>
    Models,

    /// <summary>Promotes and archives models; and all of the others.</summary>
    Admin,
}
