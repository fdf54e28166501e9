using System.Diagnostics;
using System.Text;

namespace SkillMeat.Upstream.Tokens;

/// <summary>A user name and password that git keeps for a host. <see cref="ToString"/> tells neither, for people put tokens into both.</summary>
/// <remarks>Immutable.</remarks>
[DebuggerDisplay("{ToString(),nq}")]
internal sealed class HostCredential
{
    private const int ShortestToken = 20;

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly string _user;

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly string _password;

    /// <param name="origin">The host's address.</param>
    /// <param name="path">The path that it is for; null for all of the host.</param>
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

    /// <summary>The path that it is for, where git is told to tell paths apart; null for all of the host.</summary>
    public string? Path { get; }

    /// <summary>The <c>Authorization</c> header.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string Header { get; }

    public override string ToString() => $"credential that git keeps for {Origin.Authority}";

    /// <summary>When the password ends, as git said it; null when it did not. git must be told it again, or helpers forget it.</summary>
    public string? Expiry { get; init; }

    /// <summary>The token with which helpers renew the password; null when they told none. git must be told it again too.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string? RefreshToken { get; init; }

    /// <summary>As <c>git credential</c> wants to be told about it.</summary>
    internal string Describe() => $"{GitCredentialCommand.Describe(Origin, Path)}username={_user}\npassword={_password}\n"
        + (Expiry is null ? "" : $"{GitCredentialCommand.ExpiryKey}{Expiry}\n")
        + (RefreshToken is null ? "" : $"{GitCredentialCommand.RefreshTokenKey}{RefreshToken}\n") + "\n";

    /// <summary>The texts that must be in no message.</summary>
    /// <remarks>A user name is one only where it is long enough for a token: some hosts take one in its place.</remarks>
    internal IEnumerable<string> Secrets() => [Encoded(), _password, Uri.EscapeDataString(_password), .. RefreshToken is null ? Array.Empty<string>() : [RefreshToken], .. _user.Length >= ShortestToken ? [_user] : Array.Empty<string>()];

    private string Encoded() => Convert.ToBase64String(Encoding.UTF8.GetBytes($"{_user}:{_password}"));
}
