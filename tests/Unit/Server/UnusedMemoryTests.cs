using SkillMeat.Server.Hosting;
using Xunit;

namespace SkillMeat.Tests.Server;

/// <summary>Memory that goes back to the system when nobody asks.</summary>
public sealed class UnusedMemoryTests
{
    private const string Program = "/opt/a b/skm";

    [Fact]
    public void Only_pages_of_the_program_are_given_back_that_nothing_can_change()
    {
        string[] maps =
        [
            "00400000-00401000 r--p 00000000 fe:00 123                                /opt/a b/skm", "Size:  4 kB", "Anonymous:             0 kB", "Swap:    0 kB", "VmFlags: rd mr mw me",
            "00401000-01990000 r-xp 00001000 fe:00 123                                /opt/a b/skm", "Anonymous:             0 kB", "Swap:    0 kB",
            "01990000-022cb000 r--p 01590000 fe:00 123                                /opt/a b/skm", "Anonymous:             8 kB", "Swap:    0 kB",
            "022cb000-022cd000 r--p 01ec0000 fe:00 123                                /opt/a b/skm", "Anonymous:             0 kB", "Swap:    8 kB",
            "02b3d000-03ded000 rw-p 0273d000 fe:00 123                                /opt/a b/skm", "Anonymous:             0 kB", "Swap:    0 kB",
            "7f0000000000-7f0000001000 r-xp 00000000 fe:00 124                        /usr/lib/skm", "Anonymous:             0 kB", "Swap:    0 kB",
            "7f0000002000-7f0000003000 r-xp 00000000 00:00 0 ", "Anonymous:             0 kB", "Swap:    0 kB",
            "zz-7f0000003000 r-xp 00000000 fe:00 123 /opt/a b/skm", "Anonymous: 0 kB", "Swap: 0 kB",
        ];

        Assert.Equal([((nint)0x400000, (nuint)0x1000), ((nint)0x401000, (nuint)0x158f000)], UnusedMemory.FindUnchangedPages(maps, Program));
        Assert.Empty(UnusedMemory.FindUnchangedPages(maps, program: null));
    }

    [Fact]
    public async Task Work_goes_on_while_memory_is_given_back()
    {
        var expected = Work();
        var work = Task.Run(Work, TestContext.Current.CancellationToken);
        for (var i = 0; i < 3; i++) UnusedMemory.GiveBack();
        Assert.Equal(expected, await work);

        static int Work() => Enumerable.Range(0, 200).Sum(i => Enumerable.Range(0, 1000).Select(k => $"{i} {k}").Sum(text => text.Length));
    }
}
