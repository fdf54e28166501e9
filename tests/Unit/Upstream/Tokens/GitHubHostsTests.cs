using SkillMeat.Errors;
using SkillMeat.Upstream.Http;
using SkillMeat.Upstream.Tokens;
using Xunit;

namespace SkillMeat.Tests.Upstream.Tokens;

public sealed class GitHubHostsTests
{
    [Theory]
    [InlineData(null, null, null, "https://github.com/", "https://api.github.com/", "https://api.github.com/graphql")]
    [InlineData(" ", "", null, "https://github.com/", "https://api.github.com/", "https://api.github.com/graphql")]
    [InlineData("https://GitHub.com", null, null, "https://github.com/", "https://api.github.com/", "https://api.github.com/graphql")]
    [InlineData("https://ghe.example.com", null, null, "https://ghe.example.com/", "https://ghe.example.com/api/v3", "https://ghe.example.com/api/graphql")]
    [InlineData("https://ghe.example.com:8443/", null, null, "https://ghe.example.com:8443/", "https://ghe.example.com:8443/api/v3", "https://ghe.example.com:8443/api/graphql")]
    [InlineData("https://octo.ghe.com", null, null, "https://octo.ghe.com/", "https://api.octo.ghe.com/", "https://api.octo.ghe.com/graphql")]
    [InlineData("http://127.0.0.1:5000", "http://127.0.0.1:5001/api", "http://127.0.0.1:5002/g", "http://127.0.0.1:5000/", "http://127.0.0.1:5001/api", "http://127.0.0.1:5002/g")]
    [InlineData("http://127.0.0.1:5000", "http://127.0.0.1:5001/api", null, "http://127.0.0.1:5000/", "http://127.0.0.1:5001/api", "http://127.0.0.1:5001/api/graphql")]
    [InlineData(null, "https://ghe.example.com/api/v3", null, "https://ghe.example.com/", "https://ghe.example.com/api/v3", "https://ghe.example.com/api/graphql")]
    [InlineData(null, "https://api.octo.ghe.com", null, "https://octo.ghe.com/", "https://api.octo.ghe.com/", "https://api.octo.ghe.com/graphql")]
    [InlineData(null, null, "https://ghe.example.com/api/graphql", "https://ghe.example.com/", "https://ghe.example.com/api/v3", "https://ghe.example.com/api/graphql")]
    [InlineData(null, "https://api.github.com", null, "https://github.com/", "https://api.github.com/", "https://api.github.com/graphql")]
    public void Addresses_are_read_or_derived(string? server, string? api, string? graphQL, string expectedServer, string expectedApi, string expectedGraphQL)
    {
        var hosts = From(server, api, graphQL);

        Assert.Equal([expectedServer, expectedApi, expectedGraphQL], new[] { hosts.Server, hosts.Api, hosts.GraphQL }.Select(uri => uri.AbsoluteUri));
    }

    [Theory]
    [InlineData("ghe.example.com")]
    [InlineData("ftp://ghe.example.com")]
    [InlineData("https://user:pass-word@ghe.example.com")]
    [InlineData("https://ghe.example.com/?token=pass-word")]
    [InlineData("/pass-word")]
    public void An_address_that_is_none_is_an_error_that_names_the_variable_and_hides_the_value(string value)
    {
        foreach (string variable in new[] { "GITHUB_SERVER_URL", "GITHUB_API_URL", "GITHUB_GRAPHQL_URL" })
        {
            var error = Assert.Throws<SkillMeatException>(() => GitHubHosts.FromEnvironment(name => name == variable ? value : null));

            Assert.Equal(ErrorIds.InvalidArgument, error.ErrorId);
            Assert.StartsWith($"{variable} must be an address", error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("pass-word", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_repository_belongs_to_the_configured_GitHub_to_github_com_or_to_neither()
    {
        var hosts = From("https://ghe.example.com", null, null);

        Assert.Same(hosts, GitHubHosts.For(new Uri("https://ghe.example.com/o/r"), hosts));
        Assert.Same(GitHubHosts.DotCom, GitHubHosts.For(new Uri("https://github.com/o/r"), hosts));
        Assert.Null(GitHubHosts.For(new Uri("https://ghe.example.com:444/o/r"), hosts));
        Assert.Null(GitHubHosts.For(new Uri("https://gitlab.com/o/r"), hosts));
    }

    [Theory]
    [InlineData("https://octo.ghe.com/o/r", "https://api.octo.ghe.com/")]
    [InlineData("https://OCTO.ghe.com/o/r", "https://api.octo.ghe.com/")]
    public void A_GitHub_with_data_residency_is_known_by_its_name_and_gets_no_token(string repository, string api)
    {
        var hosts = GitHubHosts.For(new Uri(repository), GitHubHosts.DotCom);

        Assert.Equal((api, $"{api}graphql"), (hosts!.Api.AbsoluteUri, hosts.GraphQL.AbsoluteUri));
        var authorization = new RequestAuthorization(GitHubToken.From("t", "x"), GitHubHosts.DotCom);
        Assert.Null(authorization.HeaderFor(hosts.Api, HostRole.Api));
        Assert.Null(GitHubHosts.For(new Uri("https://ghe.com.evil.example/o/r"), GitHubHosts.DotCom));
        Assert.Null(GitHubHosts.For(new Uri("https://evilghe.com/o/r"), GitHubHosts.DotCom));
    }

    [Theory]
    [InlineData("https://ghe.example.com/o/r", true)]
    [InlineData("https://GHE.example.com:443/o/r", true)]
    [InlineData("https://ghe.example.com:444/o/r", false)]
    [InlineData("http://ghe.example.com/o/r", false)]
    [InlineData("https://ghe.example.com.evil.org/o/r", false)]
    [InlineData("https://github.com/o/r", false)]
    [InlineData("https://api.github.com/repos/o/r", false)]
    public void The_token_goes_to_its_own_GitHub_only(string address, bool goes)
    {
        var authorization = new RequestAuthorization(GitHubToken.From("t", "x"), From("https://ghe.example.com", null, null));

        Assert.Equal(goes ? "Bearer t" : null, authorization.HeaderFor(new Uri(address), HostRole.Api));
    }

    [Theory]
    [InlineData("http://ghe.example.com/", false)]
    [InlineData("http://127.0.0.1:80/", true)]
    [InlineData("http://localhost:5000/", true)]
    [InlineData("http://[::1]:5000/", true)]
    public void Without_encryption_the_token_stays_on_this_machine(string server, bool goes)
    {
        var authorization = new RequestAuthorization(GitHubToken.From("t", "x"), From(server, null, null));

        Assert.Equal(goes ? "Basic eC1hY2Nlc3MtdG9rZW46dA==" : null, authorization.HeaderFor(new Uri(server), HostRole.Git));
    }

    private static GitHubHosts From(string? server, string? api, string? graphQL) => GitHubHosts.FromEnvironment(name => name switch
    {
        "GITHUB_SERVER_URL" => server,
        "GITHUB_API_URL" => api,
        "GITHUB_GRAPHQL_URL" => graphQL,
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "not a variable of GitHub Actions"),
    });
}
