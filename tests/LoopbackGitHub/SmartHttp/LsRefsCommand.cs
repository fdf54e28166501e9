using System.Buffers;

namespace SkillMeat.Tests.LoopbackGitHub;

/// <summary>The <c>ls-refs</c> command of protocol version 2, answered from a snapshot in the same way as git itself.</summary>
internal sealed class LsRefsCommand
{
    private readonly List<string> _prefixes = [];
    private bool _peel;
    private bool _symbolic;
    private bool _unborn;

    private LsRefsCommand()
    {
    }

    /// <summary>The complete answer of git, requested once for each state of the refs.</summary>
    public static byte[] AskEverything()
    {
        var request = new ArrayBufferWriter<byte>();
        PktLines.Write(request, "command=ls-refs\n");
        request.Write(PktLines.DelimiterLine);
        foreach (var argument in (string[])["peel\n", "symrefs\n", "unborn\n"])
        {
            PktLines.Write(request, argument);
        }

        request.Write(PktLines.FlushLine);
        return request.WrittenSpan.ToArray();
    }

    /// <summary>Reads a request; returns null for another command, or for arguments that only git can answer.</summary>
    public static LsRefsCommand? TryParse(ReadOnlySpan<byte> body)
    {
        if (PktLines.Split(body) is not ["command=ls-refs", .., null] lines)
        {
            return null;
        }

        var command = new LsRefsCommand();
        var index = 1;
        while (lines[index] is { } capability)
        {
            if (!capability.StartsWith("agent=", StringComparison.Ordinal) && capability != "object-format=sha1")
            {
                return null;
            }

            index++;
        }

        return lines.Skip(index + 1).Take(lines.Count - index - 2).All(argument => argument is not null && command.Take(argument)) ? command : null;
    }

    /// <summary>Creates the answer.</summary>
    public byte[] Answer(RefSnapshot snapshot)
    {
        var output = new ArrayBufferWriter<byte>(1024);
        foreach (var reference in snapshot.Refs.Where(Wanted))
        {
            var symbolic = _symbolic && reference.SymbolicTarget is not null ? " symref-target:" + reference.SymbolicTarget : "";
            var peeled = _peel && reference.Peeled is not null ? " peeled:" + reference.Peeled : "";
            PktLines.Write(output, $"{reference.Id} {reference.Name}{symbolic}{peeled}\n");
        }

        output.Write(PktLines.FlushLine);
        return output.WrittenSpan.ToArray();
    }

    private bool Wanted(AdvertisedRef reference) =>
        (_unborn || !reference.IsUnborn)
        && (_prefixes.Count == 0 || _prefixes.Exists(prefix => reference.Name.StartsWith(prefix, StringComparison.Ordinal)));

    private bool Take(string argument)
    {
        const string prefix = "ref-prefix ";
        switch (argument)
        {
            case "peel":
                _peel = true;
                return true;
            case "symrefs":
                _symbolic = true;
                return true;
            case "unborn":
                _unborn = true;
                return true;
            default:
                if (argument.StartsWith(prefix, StringComparison.Ordinal))
                {
                    _prefixes.Add(argument[prefix.Length..]);
                    return true;
                }

                return false;
        }
    }
}
