using System.Diagnostics;
using System.Text;

namespace SkillMeat.Upstream.Tokens;

/// <summary>
/// A user name and password that git stores for a host. <see cref="ToString"/> reveals neither, because either of them may be a token.
/// </summary>
/// <remarks>Immutable.</remarks>
[DebuggerDisplay("{ToString(),nq}")]
internal sealed class HostCredential
{
    private const int ShortestToken = 20;

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly string _user;

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly string _password;

    /// <param name="origin">The address of the host.</param>
    /// <param name="path">The path that the credential is for; null if it is for the whole host.</param>
    /// <param name="user">The user name.</param>
    /// <param name="password">The password.</param>
    public HostCredential(Uri origin, string? path, string user, string password)
    {
        Origin = origin;
        Path = path;
        _user = user;
        _password = password;
        Header = $"Basic {Encoded()}";
    }

    public Uri Origin { get; }

    /// <summary>The path that the credential is for, if git is configured to distinguish paths; null if it is for the whole host.</summary>
    public string? Path { get; }

    /// <summary>The value of the <c>Authorization</c> header.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string Header { get; }

    public override string ToString() => $"credential that git stores for {Origin.Authority}";

    /// <summary>The expiry time of the password as git reported it; null if unknown. It must be passed back to git, or helpers lose it.</summary>
    public string? Expiry { get; init; }

    /// <summary>The token that helpers use to renew the password; null if there is none. It must be passed back to git as well.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string? RefreshToken { get; init; }

    /// <summary>Returns the credential in the format of <c>git credential</c>.</summary>
    internal string Describe() => $"{GitCredentialCommand.Describe(Origin, Path)}username={_user}\npassword={_password}\n"
        + (Expiry is null ? "" : $"{GitCredentialCommand.ExpiryKey}{Expiry}\n")
        + (RefreshToken is null ? "" : $"{GitCredentialCommand.RefreshTokenKey}{RefreshToken}\n") + "\n";

    /// <summary>Returns the texts that must not appear in messages.</summary>
    /// <remarks>A user name is included only if it is long enough to be a token, because some hosts accept a token in its place.</remarks>
    internal IEnumerable<string> Secrets() => [Encoded(), _password, Uri.EscapeDataString(_password), .. RefreshToken is null ? Array.Empty<string>() : [RefreshToken], .. _user.Length >= ShortestToken ? [_user] : Array.Empty<string>()];

    private string Encoded() => Convert.ToBase64String(Encoding.UTF8.GetBytes($"{_user}:{_password}"));
}
