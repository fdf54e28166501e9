using System.Buffers;
using System.Text;
using System.Text.Unicode;
using SkillMeat.Errors;

namespace SkillMeat.Toml;

/// <summary>The rules for every byte of a TOML file, regardless of its place.</summary>
internal static class SourceText
{
    private static readonly SearchValues<byte> _suspects = SearchValues.Create(
        [0, 1, 2, 3, 4, 5, 6, 7, 8, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 127]);

    /// <exception cref="DataFileException">The bytes are not UTF-8, or contain a control character or a carriage return without a line feed.</exception>
    public static void Check(ReadOnlySpan<byte> text, string path)
    {
        if (!Utf8.IsValid(text))
        {
            var bad = FirstInvalid(text);
            throw Invalid(text, path, new SyntaxProblem(bad, $"not UTF-8: byte 0x{text[bad]:X2}"));
        }

        var at = 0;
        while (true)
        {
            var next = text[at..].IndexOfAny(_suspects);
            if (next < 0) return;
            at += next;
            var isLineEnding = text[at..].StartsWith("\r\n"u8);
            if (!isLineEnding) throw Invalid(text, path, new SyntaxProblem(at, Refusal(text[at])));
            at += 2;
        }
    }

    public static DataFileException Invalid(ReadOnlySpan<byte> text, string path, SyntaxProblem problem)
    {
        var position = TomlPosition.Of(text, problem.Offset);
        return new DataFileException(ErrorIds.InvalidToml, path, position.Line, position.Column, problem.Text);
    }

    private static string Refusal(byte control) => control == '\r'
        ? "a carriage return without a line feed is not allowed"
        : $"the control character U+{control:X4} is not allowed; in a string it is written '\\u{control:x4}'";

    private static int FirstInvalid(ReadOnlySpan<byte> text)
    {
        var at = 0;
        while (Rune.DecodeFromUtf8(text[at..], out _, out var length) == OperationStatus.Done) at += length;
        return at;
    }
}
