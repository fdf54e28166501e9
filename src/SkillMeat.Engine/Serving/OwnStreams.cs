using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace SkillMeat.Serving;

/// <summary>
/// Keeps the standard streams of this process from a process that is started meanwhile. On Windows, that would have them beside its own ones, and whoever waits for the end of this process's output would wait for the end of that one.
/// </summary>
[SupportedOSPlatform("windows")]
internal sealed class OwnStreams : IDisposable
{
    private const uint Inherit = 1;
    private const int First = -12;
    private const int Last = -10;

    private readonly List<nint> _kept = [];

    public OwnStreams()
    {
        for (var stream = First; stream <= Last; stream++)
        {
            var handle = GetStdHandle(stream);
            if (handle is 0 or -1 || !GetHandleInformation(handle, out var flags) || (flags & Inherit) == 0) continue;
            if (SetHandleInformation(handle, Inherit, 0)) _kept.Add(handle);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var handle in _kept) SetHandleInformation(handle, Inherit, Inherit);
    }

    [DllImport("kernel32", SetLastError = true)]
    private static extern nint GetStdHandle(int stream);

    [DllImport("kernel32", SetLastError = true)]
    private static extern bool GetHandleInformation(nint handle, out uint flags);

    [DllImport("kernel32", SetLastError = true)]
    private static extern bool SetHandleInformation(nint handle, uint mask, uint flags);
}
