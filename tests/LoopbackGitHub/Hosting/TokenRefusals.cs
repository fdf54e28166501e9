using Microsoft.AspNetCore.Http;

namespace SkillMeat.Tests.LoopbackGitHub;

/// <summary>GitHub's answers to a token that a repository is closed to.</summary>
internal static class TokenRefusals
{
    /// <summary>Whether a request is refused because of its token.</summary>
    public static bool Refuses(HostedRepository repository, LoopbackRequest request) =>
        request.Credential == Credential.Valid && repository.Facts.TokenRefusal != TokenRefusal.None;

    /// <summary>The reason in GitHub's words.</summary>
    public static string Message(TokenRefusal refusal, string owner) => refusal switch
    {
        TokenRefusal.Saml =>
            "Resource protected by organization SAML enforcement. You must grant your Personal Access token access to this organization.",
        TokenRefusal.IpAllowList =>
            $"Although you appear to have the correct authorization credentials, the `{owner}` organization has an IP allow list enabled, and your IP address is not permitted to access this resource.",
        TokenRefusal.TokenLifetime =>
            $"The '{owner}' organization forbids access via a personal access token (classic) if the token's lifetime is greater than 366 days. Please adjust your token's lifetime at the following URL: https://github.com/settings/tokens/1",
        _ => "Resource not accessible by personal access token",
    };

    /// <summary>The REST API's answer.</summary>
    public static Answer OfRest(HostedRepository repository) =>
        WithSignOn(Answer.Error(StatusCodes.Status403Forbidden, Message(repository)), repository);

    /// <summary>The answer of git, archives, raw files and Git LFS.</summary>
    public static Answer OfFiles(HostedRepository repository) =>
        WithSignOn(Answer.Text(StatusCodes.Status403Forbidden, Message(repository) + "\n"), repository);

    private static string Message(HostedRepository repository) => Message(repository.Facts.TokenRefusal, repository.Name.Owner);

    private static Answer WithSignOn(Answer answer, HostedRepository repository) => repository.Facts.TokenRefusal == TokenRefusal.Saml
        ? answer.With("X-GitHub-SSO", $"required; url=https://github.com/orgs/{repository.Name.Owner}/sso?authorization_request=abc")
        : answer;
}
