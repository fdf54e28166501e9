#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.5.0' }
BeforeAll {
    Import-Module -Name "$PSScriptRoot/Support.psm1" -Force
    Import-SkillMeat

    function Open-Shell {
        # The module is loaded beforehand, because PowerShell itself can crash when the second of two statements is stopped.
        [OutputType([powershell])]
        param()

        $state = [initialsessionstate]::CreateDefault2()
        $state.ImportPSModule((Find-SkillMeat))
        [powershell]::Create($state)
    }
}

Describe 'Ctrl+C' {
    BeforeAll {
        $script:canServe = [bool](Find-TestProgram -Name LoopbackGitHub)
        if ($canServe) {
            $script:made = Initialize-GitHubHome -Path (Join-Path $TestDrive 'slow')
            $script:server = Open-LoopbackGitHub -Folder $made.Repositories -DelayMs 20000
            $script:before = Get-HomeState -Path $made.Home -WithoutLocks
        }
    }

    AfterAll {
        Connect-LoopbackGitHub
        Close-LoopbackGitHub -Server $server
    }

    BeforeEach {
        if (-not $canServe) {
            Set-ItResult -Skipped -Because 'LoopbackGitHub was not built'
        }
    }

    It 'stops <_> in the middle and leaves everything as it was' -ForEach 'a check', 'a refresh', 'a check with a token', 'a refresh with a token', 'an update', 'an update with a token' {
        $check = $_ -like 'a check*'
        Connect-LoopbackGitHub -Server $server -Token ($_ -like '*token' ? $server.Token : '')
        $shell = Open-Shell
        try {
            $null = $shell.AddCommand(($_ -like 'an update*' ? 'Update-SkmArtifact' : 'Invoke-SkmCollectionRefresh')).AddParameter('SkillMeatHome', $made.Home)
            if ($check) {
                $null = $shell.AddParameter('CheckOnly')
            }

            $running = $shell.BeginInvoke()
            Wait-Until -What 'the progress bar' -Condition { $shell.Streams.Progress.Count -gt 0 }
            $shell.Streams.Progress[0].Activity | Should -BeLike '*collection*'
            $watch = [System.Diagnostics.Stopwatch]::StartNew()
            $shell.Stop()
            $watch.Elapsed.TotalSeconds | Should -BeLessThan 5
            Wait-Until -What 'the end' -Condition { $running.IsCompleted }
            $shell.InvocationStateInfo.State | Should -Be 'Stopped'
        }
        finally {
            $shell.Dispose()
        }

        Get-HomeState -Path $made.Home -WithoutLocks | Should -Be $before
        Test-Path -LiteralPath (Join-Path $made.Home '.transactions') | Should -BeFalse
    }

    It 'ends a whole process, too' -Skip:$IsWindows {
        $environment = (Get-LoopbackVariable -Server $server) + @{ PATH = $env:PATH }
        $process = Open-Pwsh -Environment $environment -Command "Import-Module '$(Find-SkillMeat)'; 'begins'; Invoke-SkmCollectionRefresh -SkillMeatHome '$($made.Home)'"
        $asked = @(Get-LoopbackLog -Server $server).Count
        $process.StandardOutput.ReadLine() | Should -Be 'begins'
        Wait-Until -What 'a question' -Condition { @(Get-LoopbackLog -Server $server).Count -gt $asked }
        Send-Signal -Process $process -Name INT
        $watch = [System.Diagnostics.Stopwatch]::StartNew()
        $null = Wait-Pwsh -Process $process
        # The server answers after 20 s.
        $watch.Elapsed.TotalSeconds | Should -BeLessThan 18
        Get-HomeState -Path $made.Home -WithoutLocks | Should -Be $before
        Test-Path -LiteralPath (Join-Path $made.Home '.transactions') | Should -BeFalse
    }
}

Describe 'Ctrl+C while another process holds the collection' {
    It 'ends the waiting of <_>' -ForEach 'Invoke-SkmCollectionRefresh', 'Restore-SkmSnapshot', 'Remove-SkmSnapshot' {
        if (-not (Find-TestProgram -Name CrashHost)) {
            Set-ItResult -Skipped -Because 'CrashHost was not built'
            return
        }

        $sample = Copy-SampleHome -Path (Join-Path $TestDrive ([guid]::NewGuid()))
        $null = Invoke-SkmCollectionRefresh -Fields tags -SkillMeatHome $sample
        $id = (Get-SkmSnapshot -SkillMeatHome $sample).Id
        $before = Get-HomeState -Path $sample -WithoutLocks
        $holder = Open-LockHolder -Path $sample
        $shell = Open-Shell
        try {
            $null = $shell.AddCommand($_).AddParameter('SkillMeatHome', $sample)
            if ($_ -ne 'Invoke-SkmCollectionRefresh') {
                $null = $shell.AddParameter('Id', $id).AddParameter('Force')
            }

            $running = $shell.BeginInvoke()
            Start-Sleep -Milliseconds 1500
            $running.IsCompleted | Should -BeFalse
            $watch = [System.Diagnostics.Stopwatch]::StartNew()
            $shell.Stop()
            $watch.Elapsed.TotalSeconds | Should -BeLessThan 5
            Wait-Until -What 'the end' -Condition { $running.IsCompleted }
            $shell.InvocationStateInfo.State | Should -Be 'Stopped'
        }
        finally {
            $shell.Dispose()
            Close-LockHolder -Process $holder
        }

        Get-HomeState -Path $sample -WithoutLocks | Should -Be $before
    }
}
