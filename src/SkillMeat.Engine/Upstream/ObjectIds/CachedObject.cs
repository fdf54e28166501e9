using System.Buffers;
using System.Text;
using SkillMeat.Upstream.Git;

namespace SkillMeat.Upstream.ObjectIds;

/// <summary>A cached answer about a path of a commit, in the form of the file: the commit, <c>t</c>, <c>b</c> or <c>-</c> for a tree, a blob or nothing, and its id.</summary>
/// <remarks>The ids are ASCII, so that a commit can be compared, and an id made into a text, without parsing either.</remarks>
internal static class CachedObject
{
    /// <summary>The length of an answer in bytes.</summary>
    public const int Length = GitOid.HexLength + 1 + GitOid.HexLength;

    private const byte Tree = (byte)'t';
    private const byte Blob = (byte)'b';
    private const byte Absent = (byte)'-';

    private static readonly SearchValues<byte> _digits = SearchValues.Create("0123456789abcdef"u8);

    /// <summary>Makes an answer.</summary>
    /// <exception cref="FormatException">The commit or the id has not 40 hex digits.</exception>
    public static byte[] Make(string commit, KnownObject? found)
    {
        var answer = new byte[Length];
        Encoding.ASCII.GetBytes(GitOid.Parse(commit).ToString(), answer);
        answer[GitOid.HexLength] = found is null ? Absent : found.Value.IsFolder ? Tree : Blob;
        Encoding.ASCII.GetBytes(found is { } known ? GitOid.Parse(known.Id).ToString() : default(GitOid).ToString(), answer.AsSpan(GitOid.HexLength + 1));
        return answer;
    }

    /// <summary>Finds the answer about a commit.</summary>
    /// <param name="answers">Answers, one after the other.</param>
    /// <param name="commit">The commit.</param>
    /// <returns>The answer; empty if there is none.</returns>
    public static ReadOnlySpan<byte> Find(ReadOnlySpan<byte> answers, ReadOnlySpan<char> commit)
    {
        for (; answers.Length >= Length; answers = answers[Length..])
        {
            if (Ascii.EqualsIgnoreCase(answers[..GitOid.HexLength], commit)) return IsValid(answers) ? answers[..Length] : [];
        }

        return [];
    }

    /// <summary>Returns the commit of an answer.</summary>
    public static string CommitOf(ReadOnlySpan<byte> answer) => Encoding.ASCII.GetString(answer[..GitOid.HexLength]);

    /// <summary>Returns the object of a valid answer; null if the commit has nothing there.</summary>
    public static KnownObject? ObjectOf(ReadOnlySpan<byte> answer) =>
        answer[GitOid.HexLength] == Absent ? null : new KnownObject(Encoding.ASCII.GetString(IdOf(answer)), answer[GitOid.HexLength] == Tree);

    /// <summary>Whether an answer obeys the rules, which one that somebody else wrote may not.</summary>
    public static bool IsValid(ReadOnlySpan<byte> answer) =>
        answer[GitOid.HexLength] is Tree or Blob or Absent && !IdOf(answer).ContainsAnyExcept(_digits) && !answer[..GitOid.HexLength].ContainsAnyExcept(_digits);

    private static ReadOnlySpan<byte> IdOf(ReadOnlySpan<byte> answer) => answer.Slice(GitOid.HexLength + 1, GitOid.HexLength);
}
