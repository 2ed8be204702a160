using Microsoft.Extensions.Configuration;
using Models.Postgres.Roles;

namespace AppHost.Warehouse;

/// <summary>The parameter that holds the password of a service's login, for example <c>api-password</c>.</summary>
internal static class LoginParameter
{
    public static string NameOf(WarehouseLogin login) => $"{login.ToString().ToLowerInvariant()}-password";

    /// <summary>
    /// Its key in the configuration, in the form that an environment variable can have too
    /// (https://aspire.dev/fundamentals/external-parameters).
    /// </summary>
    public static string KeyOf(WarehouseLogin login) => $"Parameters:{NameOf(login).Replace('-', '_')}";

    /// <summary>Null where it is not configured.</summary>
    public static string? Find(IConfiguration configuration, WarehouseLogin login) =>
        ((string[])[$"Parameters:{NameOf(login)}", KeyOf(login)]).Select(key => configuration[key]).FirstOrDefault(value => !string.IsNullOrEmpty(value));
}
