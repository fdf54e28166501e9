#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.5.0' }
BeforeAll {
    Import-Module -Name "$PSScriptRoot/Support.psm1" -Force
    Import-SkillMeat
}

Describe 'A runbook: no home, no profile, nobody to answer' {
    BeforeAll {
        # The environment has only PATH, not even HOME; all output goes to a pipe.
        function Invoke-Unattended {
            param([string] $Command)

            Invoke-Pwsh -Environment @{ PATH = $env:PATH } -Command "Import-Module '$(Find-SkillMeat)'; $Command"
        }
    }

    BeforeEach {
        $script:sample = Copy-SampleHome -Path (Join-Path $TestDrive ([guid]::NewGuid()))
    }

    It 'checks, refreshes and restores' {
        $run = Invoke-Unattended -Command @"
(Invoke-SkmCollectionRefresh -CheckOnly -SkillMeatHome '$sample' | Where-Object UpdateAvailable).Count
(Invoke-SkmCollectionRefresh -Summary -SkillMeatHome '$sample').RefreshedCount
(Get-SkmSnapshot -SkillMeatHome '$sample' | Restore-SkmSnapshot -Confirm:`$false -SkillMeatHome '$sample').ArtifactCount
(Get-SkmSnapshot -First 1 -SkillMeatHome '$sample' | Restore-SkmSnapshot -Force -SkillMeatHome '$sample').ArtifactCount
"@
        $run.ErrorText | Should -BeNullOrEmpty
        $run.ExitCode | Should -Be 0
        $run.Output -split '\r?\n' | Should -Be '2', '1', '4', '4'
    }

    It 'finds the home by SKILLMEAT_HOME' {
        (Invoke-Unattended -Command "`$env:SKILLMEAT_HOME = '$sample'; (Get-SkmCollection).Name").Output | Should -Be 'default'
    }

    It 'says that the home must be named where there is none' {
        $run = Invoke-Unattended -Command 'Get-SkmCollection -ErrorAction Stop'
        $run.ExitCode | Should -Be 1
        $run.ErrorText | Should -BeLike '*Cannot find the home*-SkillMeatHome or SKILLMEAT_HOME*'
    }

    It 'is told how to go on when a question can not be asked, and nothing was changed' {
        $null = Invoke-SkmCollectionRefresh -SkillMeatHome $sample
        $before = Get-HomeState -Path $sample -WithoutLocks
        foreach ($verb in 'Restore', 'Remove') {
            $run = Invoke-Unattended -Command "Get-SkmSnapshot -SkillMeatHome '$sample' | $verb-SkmSnapshot -SkillMeatHome '$sample'"
            $run.ExitCode | Should -Be 1
            $run.ErrorText -replace '\s+', ' ' | Should -BeLike '*PowerShell cannot prompt here*-Force*-Confirm:$false*'
        }

        Get-HomeState -Path $sample -WithoutLocks | Should -Be $before
    }

    It 'runs with no environment at all' {
        $command = "Import-Module '$(Find-SkillMeat)'; (Invoke-SkmCollectionRefresh -CheckOnly -Summary -SkillMeatHome '$sample').UpdatedCount; (Invoke-SkmCollectionRefresh -Summary -SkillMeatHome '$sample').RefreshedCount"
        $run = Invoke-Pwsh -Environment @{} -Command $command
        $run.ErrorText | Should -BeNullOrEmpty
        $run.Output -split '\r?\n' | Should -Be '1', '1'
    }

    It 'ends with an error code when errors stop it' {
        $run = Invoke-Unattended -Command "Invoke-SkmCollectionRefresh -Name nothing -SkillMeatHome '$sample' -ErrorAction Stop; 'not here'"
        $run.ExitCode | Should -Be 1
        $run.Output | Should -BeNullOrEmpty
    }
}
