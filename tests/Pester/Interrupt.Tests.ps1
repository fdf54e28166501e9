#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.5.0' }
BeforeAll {
    Import-Module -Name "$PSScriptRoot/Support.psm1" -Force
    Import-SkillMeat
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

    It 'stops <_> in the middle and leaves everything as it was' -ForEach 'a check', 'a refresh' {
        $check = $_ -eq 'a check'
        Connect-LoopbackGitHub -Server $server
        $shell = [powershell]::Create()
        try {
            $null = $shell.AddCommand('Import-Module').AddArgument((Find-SkillMeat)).AddStatement().AddCommand('Invoke-SkmCollectionRefresh').AddParameter('SkillMeatHome', $made.Home)
            if ($check) {
                $null = $shell.AddParameter('CheckOnly')
            }

            $running = $shell.BeginInvoke()
            Wait-Until -What 'the progress bar' -Condition { $shell.Streams.Progress.Count -gt 0 }
            $shell.Streams.Progress[0].Activity | Should -BeLike '*active collection'
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
        $process.StandardOutput.ReadLine() | Should -Be 'begins'
        Start-Sleep -Milliseconds 700
        Send-Signal -Process $process -Name INT
        $watch = [System.Diagnostics.Stopwatch]::StartNew()
        $null = Wait-Pwsh -Process $process -Seconds 10
        $watch.Elapsed.TotalSeconds | Should -BeLessThan 8
        Get-HomeState -Path $made.Home -WithoutLocks | Should -Be $before
    }
}
