using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Deploy.Emulator.Tests.ControlPlane;

/// <summary>Shorthands of the control plane's tests.</summary>
internal static class ControlPlaneExtensions
{
    public const string AppId = "10ca1a2e-0000-4000-8000-0000000000aa";

    public static string Subscription(this LocalCloud cloud) => $"/subscriptions/{cloud.Connection.SubscriptionId}";

    public static async Task<LocalCloud> WithGroupAsync(this LocalCloud cloud, string location = "eastus2")
    {
        await cloud.SignInAsync();
        (await cloud.PutAsync(cloud.GroupId, "2024-03-01", new { location })).MustBe(201);
        return cloud;
    }

    public static Task<Answer> PutIdentityAsync(this LocalCloud cloud, string name, object? tags = null, string location = "eastus2") => cloud.PutAsync(
        cloud.Resource("Microsoft.ManagedIdentity/userAssignedIdentities", name), "2024-11-30", new { location, tags = tags ?? new { } });

    public static Task<Answer> PutStorageAsync(this LocalCloud cloud, string name, string? group = null) => cloud.PutAsync(
        group is null ? cloud.Resource("Microsoft.Storage/storageAccounts", name) : $"{cloud.Subscription()}/resourceGroups/{group}/providers/Microsoft.Storage/storageAccounts/{name}",
        "2024-01-01", new { location = "eastus2", sku = new { name = "Standard_LRS" }, kind = "StorageV2" });

    public static Task<Answer> PostAsync(this LocalCloud cloud, string path, string apiVersion, object? body = null) => cloud.SendAsync("POST", $"{path}?api-version={apiVersion}", body);

    public static Task<Answer> AssignAsync(this LocalCloud cloud, string scope, string roleId, string principalId, string? principalType = "ServicePrincipal", Guid? name = null) => cloud.PutAsync(
        $"{scope}/providers/Microsoft.Authorization/roleAssignments/{name ?? Guid.NewGuid()}", "2022-04-01", new
        {
            properties = principalType is null
                ? new { roleDefinitionId = $"{cloud.Subscription()}/providers/Microsoft.Authorization/roleDefinitions/{roleId}", principalId }
                : (object)new { roleDefinitionId = $"{cloud.Subscription()}/providers/Microsoft.Authorization/roleDefinitions/{roleId}", principalId, principalType },
        });

    public static string[] Names(this Answer list) => [.. list.Json["value"]!.AsArray().Select(item => (string)item!["name"]!)];

    /// <summary>A token of another principal, signed with the store's key as its authority signs.</summary>
    public static string TokenOf(this LocalCloud cloud, string objectId)
    {
        using var key = RSA.Create();
        key.ImportFromPem(File.ReadAllText(Path.Combine(cloud.Folder, "signing.key")));
        var own = new JsonWebToken(cloud.Client.DefaultRequestHeaders.Authorization!.Parameter);
        return new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = own.Issuer,
            Audience = own.Audiences.First(),
            Expires = own.ValidTo,
            NotBefore = own.ValidFrom,
            IssuedAt = own.IssuedAt,
            Claims = new Dictionary<string, object> { ["appid"] = AppId, ["oid"] = objectId, ["tid"] = cloud.Connection.TenantId, ["idtyp"] = "app" },
            SigningCredentials = new SigningCredentials(new RsaSecurityKey(key) { KeyId = own.Kid, CryptoProviderFactory = new CryptoProviderFactory { CacheSignatureProviders = false } }, SecurityAlgorithms.RsaSha256),
        });
    }

    public static JsonNode Row(this Answer list, string name) => list.Json["value"]!.AsArray().Single(item => (string?)item!["name"] == name)!;
}
