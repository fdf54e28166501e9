using System.Text;

namespace SkillMeat.Tests.LoopbackGitHub;

/// <summary>Reads the <c>Authorization</c> header as GitHub does: Bearer, token, or Basic with the token as user or password.</summary>
internal static class CredentialReader
{
    public static Credential Read(string? header, string token)
    {
        if (string.IsNullOrEmpty(header))
        {
            return Credential.None;
        }

        var (scheme, value) = header.Split(' ', 2, StringSplitOptions.TrimEntries) is [var first, var rest] ? (first, rest) : (header, "");
        var valid = scheme.ToUpperInvariant() switch
        {
            "BEARER" or "TOKEN" => value == token,
            "BASIC" => BasicHolds(value, token),
            _ => false,
        };
        return valid ? Credential.Valid : Credential.Wrong;
    }

    /// <summary>Returns the header without the token.</summary>
    public static string Masked(string header) => header.Split(' ', 2)[0] + " ***";

    private static bool BasicHolds(string value, string token)
    {
        var buffer = new byte[value.Length];
        return Convert.TryFromBase64String(value, buffer, out var length)
            && Encoding.UTF8.GetString(buffer, 0, length).Split(':', 2).Contains(token, StringComparer.Ordinal);
    }
}
