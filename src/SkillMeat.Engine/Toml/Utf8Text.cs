using System.Text;

namespace SkillMeat.Toml;

/// <summary>Encodes text as UTF-8. Text that has no UTF-8 form is an error and does not become question marks.</summary>
internal static class Utf8Text
{
    private static readonly UTF8Encoding _strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <exception cref="ArgumentException">The text has an unpaired surrogate.</exception>
    public static byte[] Encode(string text)
    {
        try
        {
            return _strict.GetBytes(text);
        }
        catch (EncoderFallbackException e)
        {
            throw new ArgumentException("The text holds half of a surrogate pair, which a TOML file can't store.", nameof(text), e);
        }
    }

    /// <exception cref="ArgumentException">The text has an unpaired surrogate.</exception>
    public static void Require(string text)
    {
        if (Ascii.IsValid(text)) return;
        Encode(text);
    }
}
