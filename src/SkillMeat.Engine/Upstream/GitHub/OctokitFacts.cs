using System.Diagnostics.CodeAnalysis;
using Octokit;
using Octokit.Internal;

namespace SkillMeat.Upstream.GitHub;

/// <summary>
/// Requests the facts of a repository from GitHub with Octokit. This is a separate type so that Octokit is loaded only when it is used.
/// </summary>
internal static class OctokitFacts
{
    private static readonly ProductHeaderValue _product = new("skm");

    /// <summary>Requests the facts.</summary>
    /// <param name="api">The address of the REST API.</param>
    /// <param name="repository">The repository.</param>
    /// <param name="handler">Sends the request.</param>
    /// <returns>The facts, or null if they have not changed since the ETag of the request.</returns>
    // Octokit fills its models by reflection, and a native program only keeps the members that are named here.
    [DynamicDependency(DynamicallyAccessedMemberTypes.All, typeof(List<>))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.All, typeof(Repository))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.All, typeof(RepositoryPermissions))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicFields, typeof(RepositoryVisibility))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.All, typeof(LicenseMetadata))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.All, typeof(User))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.All, typeof(Account))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicFields, typeof(AccountType))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.All, typeof(Plan))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.All, typeof(SecurityAndAnalysis))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.All, typeof(AdvancedSecurity))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.All, typeof(DependabotSecurityUpdates))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.All, typeof(SecretScanning))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.All, typeof(SecretScanningPushProtection))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.All, typeof(SecretScanningValidityChecks))]
    public static async Task<RepositoryFacts?> ReadAsync(Uri api, RepositoryAddress repository, OctokitHandler handler)
    {
        using var http = new HttpClientAdapter(() => handler);
        var connection = new Connection(_product, api, new InMemoryCredentialStore(Credentials.Anonymous), http, new SimpleJsonSerializer());
        connection.SetRequestTimeout(Timeout.InfiniteTimeSpan);
        var read = await new GitHubClient(connection).Repository.Get(Uri.EscapeDataString(repository.Owner!), Uri.EscapeDataString(repository.Name!)).ConfigureAwait(false);
        return read is null ? null : new RepositoryFacts(
            Text(read.Description), read.Topics ?? [], RepositoryFactsText.License(Text(read.License?.SpdxId)), read.Archived);
    }

    private static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
